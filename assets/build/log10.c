/* The note editor would ask for it to number lines, which it never does here: the last call of the library of numbers, which
   each start would load for it. The processor has it, more exact than a double is. */

double log10(double of) {
    double exponent;
    __asm__("fldlg2\n\tfxch\n\tfyl2x" : "=t"(exponent) : "0"(of) : "st(1)");
    return exponent;
}
