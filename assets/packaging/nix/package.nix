# `nix-build -E 'with import <nixpkgs> {}; callPackage ./assets/packaging/nix/package.nix {}'`
{ lib, rustPlatform, installShellFiles }:

rustPlatform.buildRustPackage {
  pname = "ebbtide";
  version = "0.1.0";
  src = lib.cleanSource ../../..;
  cargoLock.lockFile = ../../../Cargo.lock;

  nativeBuildInputs = [ installShellFiles ];
  # The tests want a terminal, zone files and half an hour.
  doCheck = false;

  postInstall = ''
    HOME=$TMPDIR $out/bin/ebb man man1
    installManPage man1/*.1
    installShellCompletion --cmd ebb \
      --bash assets/completions/ebb.bash --zsh assets/completions/ebb.zsh --fish assets/completions/ebb.fish
    while IFS= read -r page; do
      install -Dm644 "$page" "$out/share/doc/ebbtide/$page"
    done < assets/packaging/pages
  '';

  meta = {
    description = "Private journal for the terminal";
    license = with lib.licenses; [ mit asl20 ];
    mainProgram = "ebb";
    platforms = lib.platforms.unix;
  };
}
