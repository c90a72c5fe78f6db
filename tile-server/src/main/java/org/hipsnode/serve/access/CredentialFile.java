package org.hipsnode.serve.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;

/** The file in which a node's credentials stand. */
public final class CredentialFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final int TOKEN_BYTES = 32;

    /** By which programs that look for secrets in the wrong places know ours. */
    private static final String TOKEN_START = "hipsnode_";

    private static final Set<PosixFilePermission> OTHERS_READ_OR_WRITE =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Path file;

    public CredentialFile(Path file) {
        this.file = file;
    }

    CredentialList parse(String text) throws IOException {
        return CredentialList.parse(text, file.toString());
    }

    /** Returns the content as it stands. */
    String text() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(BoundedReads.readFile(file, MAX_BYTES));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException("'" + file + "': expected UTF-8, found other bytes", e);
        }
    }

    /** Tells what is wrong with who may read and write the file. */
    Optional<String> warning() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null
                || Files.notExists(file)
                || view.readAttributes().permissions().stream().noneMatch(OTHERS_READ_OR_WRITE::contains)) {
            return Optional.empty();
        }
        return Optional.of(
                "'" + file + "': every user of this machine may read or write it; chmod o-rwx '" + file + "'");
    }

    /** Adds a credential with a new token, and returns the token, which nobody can tell later. */
    public String addToken(String name, List<SurveyPattern> surveys) throws IOException {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = TOKEN_START + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        add(name, "token-hash: " + SecretHash.OfToken.of(token), surveys);
        return token;
    }

    /** Adds a credential with a password. */
    public void addPassword(String name, String password, List<SurveyPattern> surveys) throws IOException {
        SecretHash hash = SecretHash.OfPassword.of(password, new SecureRandom(), SecretHash.OfPassword.ITERATIONS);
        add(name, "password-hash: " + hash, surveys);
    }

    private void add(String name, String hash, List<SurveyPattern> surveys) throws IOException {
        String before = textIfThere();
        requireNew(name, parse(before));
        String list = surveys.stream().map(CredentialFile::quoted).collect(Collectors.joining(", ", "[", "]"));
        String added = name + ":\n  " + hash + "\n  surveys: " + list + "\n";
        String after = before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + added;
        parse(after); // never leaves a file behind that cannot be read
        write(after);
    }

    private String textIfThere() throws IOException {
        try {
            return text();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private void requireNew(String name, CredentialList list) throws ConfigException {
        if (!CredentialList.isName(name)) {
            throw new ConfigException("expected " + CredentialList.NAME_EXPECTED + ", found '" + name + "'");
        }
        if (list.named(name).isPresent()) {
            throw new ConfigException("'" + file + "': expected a new name, found a credential of '" + name
                    + "'; remove its lines first, or choose another name");
        }
    }

    private static String quoted(SurveyPattern pattern) {
        return "'" + pattern.text().replace("'", "''") + "'";
    }

    /** Replaces the file in one step; a new one is its owner's alone, an old one stays whose it was. */
    private void write(String text) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Path temporary = Files.createTempFile(folder, ".credentials", ".tmp");
        try {
            Files.writeString(temporary, text);
            if (Files.exists(file)) {
                copyOwnerAndPermissions(temporary);
            }
            AtomicFiles.sync(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        AtomicFiles.syncFolder(folder);
    }

    private void copyOwnerAndPermissions(Path to) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (from != null && view != null) {
            PosixFileAttributes attributes = from.readAttributes();
            view.setPermissions(attributes.permissions());
            view.setOwner(attributes.owner());
            view.setGroup(attributes.group());
        }
    }
}
