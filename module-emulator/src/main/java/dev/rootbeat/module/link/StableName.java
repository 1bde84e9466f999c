package dev.rootbeat.module.link;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A symbolic link that gives a device file, whose own name is another at every start, one that stays. */
final class StableName implements AutoCloseable {

    private final Path link;
    private final Path device;

    private StableName(Path link, Path device) {
        this.link = link;
        this.device = device;
    }

    /**
     * Makes the link, or points one that is there to this device, in one step for whoever opens it.
     *
     * @throws IOException with a sentence that names the link, if it cannot be made or is something else
     */
    static StableName make(Path link, Path device) throws IOException {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new IOException(link + " is there already, and is no symbolic link");
        }
        // The device is ours, so is this name.
        Path fresh = link.resolveSibling(link.getFileName() + ".pts" + device.getFileName());
        try {
            Files.deleteIfExists(fresh);
            Files.createSymbolicLink(fresh, device);
            Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot make the link " + link + ": " + reason);
        }
        return new StableName(link, device);
    }

    Path link() {
        return link;
    }

    /** Removes the link, unless somebody else has pointed it elsewhere. */
    @Override
    public void close() throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(device)) {
            Files.delete(link);
        }
    }
}
