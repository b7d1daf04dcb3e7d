# Builds from the source of a release; `url` and `sha256` are filled in where it is published.
class Ebbtide < Formula
  desc "Private journal for the terminal"
  homepage "https://example.invalid/ebbtide"
  url "https://example.invalid/ebbtide-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    system bin/"ebb", "man", "man"
    man1.install Dir["man/*.1"]
    generate_completions_from_executable(bin/"ebb", "completions")
    File.foreach("assets/packaging/pages", chomp: true) { |page| (doc/page).dirname.install page }
  end

  test do
    system bin/"ebb", "--journal", testpath/"journal.db", "checkin", "--overall", "6"
    assert_match "done today", shell_output("#{bin}/ebb --journal #{testpath}/journal.db status --short")
  end
end
