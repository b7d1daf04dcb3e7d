//! Compiles `SQLite` with its cipher, so that a journal can be encrypted in the one binary. A C compiler is all it needs.
//!
//! Of the ciphers AEGIS alone goes in. The other settings are those with which `rusqlite` builds its own `SQLite`, so that a
//! journal without a passphrase is the same file as before; what no journal uses is left out. `PRAGMA compile_options` of both
//! builds differs in:
//!
//! | of ours | of `rusqlite` | reason |
//! |---|---|---|
//! | `TEMP_STORE=2` | `TEMP_STORE=1` | the makers of the cipher set it: temporary files would not be encrypted; every connection sets it anyway |
//! | `ENABLE_DBPAGE_VTAB` | none | [`OWN`] |
//! | `DEFAULT_MEMSTATUS=0`, `DEFAULT_LOOKASIDE=1200,16` | `DEFAULT_LOOKASIDE=1200,40` | [`OWN`] |
//! | none | full-text search, R-trees, `SOUNDEX`, `STAT4`, `COLUMN_METADATA` | 0.2 MB of the program that nothing calls |
//! | `OMIT_LOAD_EXTENSION` | `ENABLE_LOAD_EXTENSION` | a journal must never bring code along |
//!
//! Their version was 3.54.1 and this one is 3.54.0; both are far above 3.51.3, which mended WAL. Two settings are no lines of
//! that list: `_POSIX_THREAD_SAFE_FUNCTIONS`, which `rusqlite` sets for a compiler of Windows, and the ciphers. Deleted text is
//! overwritten in neither build by itself: every connection asks for it.

/// Compiles it, and has it linked.
pub(super) fn compile() {
    let folder = sqlite3mc_src::source_dir();
    let mut sqlite = cc::Build::new();
    sqlite
        .include(folder)
        .file(folder.join(sqlite3mc_src::SOURCE_FILE))
        .warnings(false);
    for setting in OF_RUSQLITE.iter().chain(&OF_THE_CIPHER).chain(&OWN) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, "1"));
        sqlite.define(name, value);
    }
    // What it calls back catches its own panics, so that nothing ever unwinds through it.
    sqlite.flag_if_supported("-fno-asynchronous-unwind-tables");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        sqlite.define("HAVE_LOCALTIME_R", "1");
    }
    // An unoptimised SQLite would make every test wait, and nobody steps through it.
    if std::env::var("OPT_LEVEL").is_ok_and(|level| level == "0") {
        sqlite.opt_level(1);
    }
    sqlite.debug(false).compile("sqlite3");
    // Cargo gives the library to the crate alone. A test that reads a journal beside the program names nothing of the crate, so
    // that the linker would not see it.
    if let Ok(made) = std::env::var("OUT_DIR") {
        println!("cargo:rustc-link-arg-tests={made}/libsqlite3.a");
    }
}

/// As in the build of `libsqlite3-sys`.
const OF_RUSQLITE: [&str; 9] = [
    "SQLITE_CORE",
    "SQLITE_DEFAULT_FOREIGN_KEYS=1",
    "SQLITE_ENABLE_API_ARMOR",
    "SQLITE_ENABLE_DBSTAT_VTAB",
    "SQLITE_ENABLE_JSON1",
    "SQLITE_THREADSAFE=1",
    "SQLITE_USE_URI",
    "HAVE_USLEEP=1",
    "HAVE_ISNAN",
];

/// A damaged encrypted file is read page by page, since each page proves itself: the only way behind one that does not.
/// No journal loads code. Nobody asks how much memory there is in use: to know it, a lock would be taken for each piece. Of the
/// 40 pieces that a connection lays ready for parsing, which is 48 KB that a start writes through, a dozen are used.
const OWN: [&str; 4] = [
    "SQLITE_ENABLE_DBPAGE_VTAB",
    "SQLITE_OMIT_LOAD_EXTENSION",
    "SQLITE_DEFAULT_MEMSTATUS=0",
    "SQLITE_DEFAULT_LOOKASIDE=1200,16",
];

/// AEGIS alone, and also where no cipher is named: the usual one is another.
const OF_THE_CIPHER: [&str; 8] = [
    "CODEC_TYPE=CODEC_TYPE_AEGIS",
    "HAVE_CIPHER_AES_128_CBC=0",
    "HAVE_CIPHER_AES_256_CBC=0",
    "HAVE_CIPHER_CHACHA20=0",
    "HAVE_CIPHER_SQLCIPHER=0",
    "HAVE_CIPHER_RC4=0",
    "HAVE_CIPHER_ASCON128=0",
    "HAVE_CIPHER_AEGIS=1",
];
