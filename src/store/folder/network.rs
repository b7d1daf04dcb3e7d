//! Whether a journal lies on the disk of another machine, where the locks of the system may not hold.
//!
//! Invariant: the list of mounts is only read. Not `statfs`: its number for a file system of a program (FUSE) is one for all of
//! them, and a local encrypted folder has it as well as one behind ssh.

use std::path::Path;

/// The file systems whose folder may be on another machine: the word in the list of mounts, and the name for a person.
const NAMES: [(&str, &str); 32] = [
    ("nfs", "NFS"),
    ("nfs4", "NFS"),
    ("cifs", "SMB"),
    ("smb3", "SMB"),
    ("smbfs", "SMB"),
    ("smb2", "SMB"),
    ("ncpfs", "NCP"),
    ("afs", "AFS"),
    ("coda", "Coda"),
    ("9p", "9P"),
    ("ceph", "Ceph"),
    ("lustre", "Lustre"),
    ("gpfs", "GPFS"),
    ("beegfs", "BeeGFS"),
    ("glusterfs", "GlusterFS"),
    ("pvfs2", "OrangeFS"),
    ("vboxsf", "a shared folder of VirtualBox"),
    ("vmhgfs", "a shared folder of VMware"),
    ("prl_fs", "a shared folder of Parallels"),
    ("virtiofs", "a shared folder of the host"),
    ("fuse.sshfs", "sshfs"),
    ("fuse.rclone", "rclone"),
    ("fuse.s3fs", "s3fs"),
    ("fuse.davfs", "WebDAV"),
    ("fuse.davfs2", "WebDAV"),
    ("fuse.glusterfs", "GlusterFS"),
    ("fuse.ceph-fuse", "Ceph"),
    ("fuse.ceph", "Ceph"),
    ("fuse.smbnetfs", "SMB"),
    ("fuse.curlftpfs", "FTP"),
    ("fuse.gvfsd-fuse", "a network place of the desktop"),
    ("fuse.vmhgfs-fuse", "a shared folder of VMware"),
];

/// The list of the mounts that this process sees. Only Linux has it.
const MOUNTS: &str = "/proc/self/mountinfo";

/// The sentence about a journal at `path` that lies on a network file system; `None` if it lies on a local one, or if that is not
/// known.
pub(in crate::store) fn sentence(path: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string(MOUNTS).ok()?;
    sentence_in(&mounts, &path.canonicalize().ok()?)
}

fn sentence_in(mounts: &str, path: &Path) -> Option<String> {
    let name = name_in(mounts, path)?;
    Some(format!(
        "the journal lies on a disk that other machines may reach ({name}), where locks may not hold"
    ))
}

fn name_in(mounts: &str, path: &Path) -> Option<&'static str> {
    let mut last = None;
    let mut depth = 0;
    for line in mounts.lines() {
        // "27 1 254:0 / /home rw,relatime shared:1 - ext4 /dev/vda rw": the mount point is the fifth word.
        let (head, tail) = line.split_once(" - ")?;
        let point = unescaped(head.split(' ').nth(4)?);
        let point = Path::new(&point);
        // A later mount on the same folder covers the earlier one.
        let here = point.components().count();
        if path.starts_with(point) && here >= depth {
            (last, depth) = (tail.split(' ').next(), here);
        }
    }
    let kind = last?;
    let mut names = NAMES.iter();
    names.find(|(word, _)| *word == kind).map(|(_, name)| *name)
}

/// The list writes a space in a name as `\040`, and a backslash as `\134`.
fn unescaped(text: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n")];
    let text = escapes.iter().fold(text.to_owned(), |text, (code, sign)| {
        text.replace(code, sign)
    });
    text.replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:40 / /home/anna/nas rw,relatime shared:2 - KIND server:/share rw
31 27 0:41 / /home/anna/my\\040nas rw,relatime - cifs //server/share rw
32 27 0:42 / /home/anna/covered rw,relatime - nfs4 server:/share rw
33 32 254:1 / /home/anna/covered rw,relatime - ext4 /dev/vdb rw
34 30 254:2 / /home/anna/nas/local rw,relatime - ext4 /dev/vdc rw
";

    fn name(kind: &str, path: &str) -> Option<&'static str> {
        name_in(&MOUNTS.replace("KIND", kind), Path::new(path))
    }

    #[test]
    fn a_network_file_system_is_named_by_its_kind() {
        for (kind, expected) in [
            ("nfs", Some("NFS")),
            ("nfs4", Some("NFS")),
            ("cifs", Some("SMB")),
            ("smb3", Some("SMB")),
            ("9p", Some("9P")),
            ("afs", Some("AFS")),
            ("ceph", Some("Ceph")),
            ("fuse.sshfs", Some("sshfs")),
            ("fuse.rclone", Some("rclone")),
            ("ext4", None),
            ("btrfs", None),
            ("tmpfs", None),
            ("fuseblk", None),
            ("fuse.gocryptfs", None),
            ("overlay", None),
        ] {
            let seen = name(kind, "/home/anna/nas/journal.db");
            assert_eq!(seen, expected, "{kind}");
        }
    }

    #[test]
    fn the_nearest_and_latest_mount_above_the_journal_decides() {
        let seen = |path| name("nfs", path);
        assert_eq!(seen("/home/anna/my nas/journal.db"), Some("SMB"));
        for local in [
            "/home/anna/journal.db",
            "/home/anna/nasty/journal.db",
            "/home/anna/covered/journal.db",
            "/home/anna/nas/local/journal.db",
            "/journal.db",
        ] {
            assert_eq!(seen(local), None, "{local}");
        }
        assert_eq!(name_in("", Path::new("/journal.db")), None);
        assert_eq!(name_in("no list", Path::new("/journal.db")), None);
        let sentence = sentence_in(MOUNTS, Path::new("/home/anna/my nas/journal.db"));
        assert!(sentence.is_some_and(|sentence| sentence.contains("may reach (SMB)")));
        assert_eq!(sentence_in(MOUNTS, Path::new("/journal.db")), None);
    }
}
