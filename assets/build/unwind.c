/* A released program ends at a panic, in its hook: nothing unwinds. The standard library names these all the same; without
   them here, each start would load the library that has them, which takes a twentieth of it. */

#include <stdlib.h>

/* The code that says that there is no frame further up. */
enum { END_OF_STACK = 5 };

int _Unwind_Backtrace(void *each, void *with) {
    (void)each;
    (void)with;
    return END_OF_STACK;
}

#define NEVER(name) \
    void name(void) { abort(); }

NEVER(_Unwind_DeleteException)
NEVER(_Unwind_FindEnclosingFunction)
NEVER(_Unwind_GetCFA)
NEVER(_Unwind_GetDataRelBase)
NEVER(_Unwind_GetIP)
NEVER(_Unwind_GetIPInfo)
NEVER(_Unwind_GetLanguageSpecificData)
NEVER(_Unwind_GetRegionStart)
NEVER(_Unwind_GetTextRelBase)
NEVER(_Unwind_RaiseException)
NEVER(_Unwind_Resume)
NEVER(_Unwind_SetGR)
NEVER(_Unwind_SetIP)
