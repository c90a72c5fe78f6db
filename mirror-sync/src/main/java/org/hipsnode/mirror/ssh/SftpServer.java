package org.hipsnode.mirror.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpStatVFS;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.TooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Files of a server that is reached by SSH; for many threads, each of which has a channel of the one connection while it asks.
 *
 * <p>Where the connection breaks, another is made and the question is asked again, after longer and longer pauses. So every
 * question is one that can be asked twice.
 */
public final class SftpServer implements Closeable {
    /** OpenSSH allows ten channels to a connection unless it is told otherwise. */
    public static final int MOST_CHANNELS = 10;

    /** What servers of later versions of SFTP say where OpenSSH says no more than failure (draft-ietf-secsh-filexfer-13 §9.1). */
    private static final int IS_THERE = 11;

    private static final int NOT_EMPTY = 18;

    /** Said of what is not there, too. */
    private static final int NOT_A_FOLDER = 19;

    private static final int TRIES = 7;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int CHANNEL_MILLIS = 20_000;

    private final SshAddress address;
    private final SshLogin login;
    private final Semaphore turns;
    private final Queue<ChannelSftp> idle = new ConcurrentLinkedQueue<>();
    private @Nullable Session session;
    private boolean reached;
    private boolean closed;

    /**
     * What there is under a name.
     *
     * @param changed seconds since 1970, by the server's clock
     */
    public record Entry(boolean isFolder, long bytes, long changed) {
        static Entry of(SftpATTRS attributes) {
            return new Entry(attributes.isDir(), attributes.getSize(), attributes.getMTime() & 0xffff_ffffL);
        }
    }

    /** Gives a file's content from its beginning, as often as it is asked for. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(ChannelSftp channel, int attempt) throws SftpException, IOException;
    }

    /**
     * Prepares to speak; the connection is made for the first question.
     *
     * @param channels how many questions may be asked at a time
     */
    public SftpServer(SshAddress address, SshLogin login, int channels) {
        this.address = address;
        this.login = login;
        this.turns = new Semaphore(channels);
    }

    /** Returns the address's path as the server has it. */
    public String home() throws IOException {
        String path = address.path();
        return path.startsWith("~/") ? ask((sftp, attempt) -> sftp.getHome()) + path.substring(1) : path;
    }

    /** Tells whether the server can give a file a second name, and so keep a file in two folders without a copy. */
    public boolean links() throws IOException {
        return ask((sftp, attempt) -> sftp.getExtension("hardlink@openssh.com") != null);
    }

    /** Returns what there is at a path, links followed; empty if there is nothing. */
    public Optional<Entry> find(String path) throws IOException {
        return ifThere((sftp, attempt) -> Entry.of(sftp.stat(quoted(path))));
    }

    /** Returns what there is in a folder; empty if there is no such folder. */
    public Optional<Map<String, Entry>> list(String path) throws IOException {
        return ifThere((sftp, attempt) -> {
            Map<String, Entry> entries = new HashMap<>();
            sftp.ls(quoted(path), entry -> {
                if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
                    entries.put(entry.getFilename(), Entry.of(entry.getAttrs()));
                }
                return ChannelSftp.LsEntrySelector.CONTINUE;
            });
            return entries;
        });
    }

    /** Returns a file's content; empty if there is none. */
    public Optional<byte[]> read(String path, int limit) throws IOException {
        return ifThere((sftp, attempt) -> {
            try (InputStream in = sftp.get(quoted(path))) {
                byte[] content = in.readNBytes(limit + 1);
                if (content.length > limit) {
                    throw new TooLargeException(path, limit);
                }
                return content;
            }
        });
    }

    /** What a stream of the server's is read into. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    /** Reads a file from its beginning to its end; empty if there is none. */
    public <T> Optional<T> read(String path, Reading<T> reading) throws IOException {
        return ifThere((sftp, attempt) -> {
            try (InputStream in = sftp.get(quoted(path))) {
                return reading.read(in);
            }
        });
    }

    /** Writes a file, over the one that is there. */
    public void write(String path, Content content) throws IOException {
        ask((sftp, attempt) -> {
            try (InputStream in = content.open();
                    OutputStream out = sftp.put(quoted(path), ChannelSftp.OVERWRITE)) {
                in.transferTo(out);
            }
            return true;
        });
    }

    /** Makes a folder; false if something is there already. */
    public boolean makeFolder(String path) throws IOException {
        return ask((sftp, attempt) -> {
            try {
                sftp.mkdir(path);
                return true;
            } catch (SftpException e) {
                if ((e.id == ChannelSftp.SSH_FX_FAILURE || e.id == IS_THERE) && isThere(sftp, path)) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static boolean isThere(ChannelSftp sftp, String path) throws SftpException {
        try {
            sftp.stat(quoted(path));
            return true;
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return false;
            }
            throw e;
        }
    }

    /** Gives a file another name too; false if that cannot be done. */
    public boolean link(String path, String another) throws IOException {
        return ask((sftp, attempt) -> {
            try {
                sftp.hardlink(quoted(path), quoted(another));
                return true;
            } catch (SftpException e) {
                if (isBroken(sftp)) {
                    throw e;
                }
                return attempt > 1 && isThere(sftp, another);
            }
        });
    }

    /** Renames a file, in place of the one that has that name, or a folder; all at once where the server can. */
    public void rename(String path, String another) throws IOException {
        ask((sftp, attempt) -> {
            if (attempt > 1 && !isThere(sftp, path) && isThere(sftp, another)) {
                return true; // done before the connection broke
            }
            if (sftp.getExtension("posix-rename@openssh.com") == null && isThere(sftp, another)) {
                sftp.rm(quoted(another));
            }
            sftp.rename(quoted(path), quoted(another));
            return true;
        });
    }

    /** Removes a file if it is there. */
    public void remove(String path) throws IOException {
        ifThere((sftp, attempt) -> {
            sftp.rm(quoted(path));
            return true;
        });
    }

    /** Removes a folder if it is there; false if it is not empty. */
    public boolean removeFolder(String path) throws IOException {
        return ifThere((sftp, attempt) -> {
                    try {
                        sftp.rmdir(quoted(path));
                        return true;
                    } catch (SftpException e) {
                        if (e.id == NOT_A_FOLDER) {
                            return true;
                        }
                        if (e.id == NOT_EMPTY || (e.id == ChannelSftp.SSH_FX_FAILURE && !isBroken(sftp))) {
                            return false;
                        }
                        throw e;
                    }
                })
                .orElse(true);
    }

    /** Returns how many bytes we may still write where a folder is, if the server tells. */
    public OptionalLong free(String folder) throws IOException {
        return ask((sftp, attempt) -> {
            if (sftp.getExtension("statvfs@openssh.com") == null) {
                return OptionalLong.empty();
            }
            SftpStatVFS disk = sftp.statVFS(quoted(folder));
            return OptionalLong.of(disk.getFragmentSize() * disk.getAvailBlocks());
        });
    }

    /** The library takes some characters for patterns. */
    private static String quoted(String path) {
        return path.replaceAll("([\\\\*?])", "\\\\$1");
    }

    private <T> Optional<T> ifThere(Question<T> question) throws IOException {
        return ask((sftp, attempt) -> {
            try {
                return Optional.of(question.ask(sftp, attempt));
            } catch (SftpException e) {
                if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private <T> T ask(Question<T> question) throws IOException {
        turns.acquireUninterruptibly();
        try {
            return askAgainAndAgain(question);
        } finally {
            turns.release();
        }
    }

    private <T> T askAgainAndAgain(Question<T> question) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return askOnce(question, attempt);
            } catch (BrokenConnectionException e) {
                if (attempt == TRIES) {
                    throw new IOException(
                            "'" + address + "': the connection broke: " + e.getMessage() + " (tried " + TRIES
                                    + " times); what has come there stays for the same command",
                            e);
                }
            }
            rest(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private <T> T askOnce(Question<T> question, int attempt) throws IOException {
        ChannelSftp channel = channel();
        boolean sound = false;
        try {
            T answer = question.ask(channel, attempt);
            sound = true;
            return answer;
        } catch (SftpException e) {
            if (isBroken(channel) || e.getCause() instanceof IOException) {
                throw new BrokenConnectionException(String.valueOf(e.getMessage()), e);
            }
            throw new IOException("'" + address + "': " + e.getMessage(), e);
        } catch (IOException e) {
            if (isBroken(channel) || isOfNetwork(e)) {
                throw new BrokenConnectionException(String.valueOf(e.getMessage()), e);
            }
            throw e;
        } finally {
            if (sound) {
                idle.add(channel);
            } else {
                channel.disconnect(); // an answer may still be on its way
            }
        }
    }

    /** Who writes may learn of a break before the connection itself does. */
    private static boolean isOfNetwork(Throwable e) {
        return e instanceof SocketException || (e.getCause() != null && isOfNetwork(e.getCause()));
    }

    private static boolean isBroken(ChannelSftp channel) {
        try {
            return !channel.isConnected() || !channel.getSession().isConnected();
        } catch (JSchException e) {
            return true;
        }
    }

    private ChannelSftp channel() throws IOException {
        for (ChannelSftp channel = idle.poll(); channel != null; channel = idle.poll()) {
            if (!isBroken(channel)) {
                return channel;
            }
        }
        try {
            ChannelSftp channel = (ChannelSftp) session().openChannel("sftp");
            channel.connect(CHANNEL_MILLIS);
            return channel;
        } catch (JSchException e) {
            throw new BrokenConnectionException("no channel for files: " + e.getMessage(), e);
        }
    }

    /** The first failure is told at once: an address may be wrong, while later a server or network will come back. */
    private synchronized Session session() throws IOException {
        if (closed) {
            throw new IOException("'" + address + "': the connection was closed");
        }
        Session now = session;
        if (now == null || !now.isConnected()) {
            try {
                now = login.connect(address);
            } catch (ConfigException e) {
                throw e;
            } catch (IOException e) {
                throw reached ? new BrokenConnectionException(String.valueOf(e.getMessage()), e) : e;
            }
            session = now;
            reached = true;
        }
        return now;
    }

    private static final class BrokenConnectionException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenConnectionException(String message, Exception cause) {
            super(message, cause);
        }
    }

    private void rest(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for '" + address + "'", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Session now = session;
        if (now != null) {
            now.disconnect();
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
