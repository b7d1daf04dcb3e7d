//! Compiles `SQLite` with its cipher, so that a journal can be encrypted in the one binary. A C compiler is all it needs.
//!
//! Of the ciphers AEGIS alone goes in. The other settings are those with which `rusqlite` builds its own `SQLite`, so that a
//! journal without a passphrase is the same file as before.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let folder = sqlite3mc_src::source_dir();
    let mut sqlite = cc::Build::new();
    sqlite
        .include(folder)
        .file(folder.join(sqlite3mc_src::SOURCE_FILE))
        .warnings(false);
    for setting in OF_RUSQLITE.iter().chain(&OF_THE_CIPHER) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, "1"));
        sqlite.define(name, value);
    }
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
const OF_RUSQLITE: [&str; 17] = [
    "SQLITE_CORE",
    "SQLITE_DEFAULT_FOREIGN_KEYS=1",
    "SQLITE_ENABLE_API_ARMOR",
    "SQLITE_ENABLE_COLUMN_METADATA",
    "SQLITE_ENABLE_DBSTAT_VTAB",
    "SQLITE_ENABLE_FTS3",
    "SQLITE_ENABLE_FTS3_PARENTHESIS",
    "SQLITE_ENABLE_FTS5",
    "SQLITE_ENABLE_JSON1",
    "SQLITE_ENABLE_LOAD_EXTENSION=1",
    "SQLITE_ENABLE_RTREE",
    "SQLITE_ENABLE_STAT4",
    "SQLITE_SOUNDEX",
    "SQLITE_THREADSAFE=1",
    "SQLITE_USE_URI",
    "HAVE_USLEEP=1",
    "HAVE_ISNAN",
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
