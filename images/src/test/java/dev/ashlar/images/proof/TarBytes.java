package dev.ashlar.images.proof;

import dev.ashlar.images.host.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A layer's tar with whatever a hostile builder puts in, and an account of what is in it, for the SBOM. */
public final class TarBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");
    private final Map<String, String> account = new LinkedHashMap<>();

    public TarBytes() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    public TarBytes file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.ISO_8859_1), 0644);
    }

    public TarBytes program(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.ISO_8859_1), 0755);
    }

    public TarBytes file(String name, byte[] content, int mode) {
        return entry(
                name, TarConstants.LF_NORMAL, content, "sha256:" + Sha256.of(content), entry -> entry.setMode(mode));
    }

    public TarBytes folder(String name) {
        return entry(name + "/", TarConstants.LF_DIR, new byte[0], "", entry -> entry.setMode(0755));
    }

    public TarBytes symlink(String name, String target) {
        return entry(name, TarConstants.LF_SYMLINK, new byte[0], "link:" + target, entry -> entry.setLinkName(target));
    }

    public TarBytes hardlink(String name, String target) {
        String account = this.account.getOrDefault("/" + target, "");
        return entry(name, TarConstants.LF_LINK, new byte[0], account, entry -> entry.setLinkName(target));
    }

    /** @param account what the SBOM says: {@code sha256:HEX}, {@code link:TARGET}, or nothing when it is empty */
    public TarBytes entry(String name, byte type, byte[] content, String account, Consumer<TarArchiveEntry> more) {
        try {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setMode(0644);
            entry.setModTime(0); // else two tars of the same files differ when a second passes between them
            entry.setSize(content.length);
            more.accept(entry);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!account.isEmpty()) {
            this.account.put("/" + name.replaceFirst("^/", ""), account);
        }
        return this;
    }

    public byte[] bytes() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public Map<String, String> account() {
        return account;
    }
}
