package dev.rootbeat.module.real;

import dev.rootbeat.rot.flash.FileMedium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The state files of the modules of a process. */
final class StateFiles implements AutoCloseable {

    private final List<FileMedium> open = new ArrayList<>();

    /** Opens one more. */
    FileMedium open(Path file) throws IOException {
        FileMedium medium = FileMedium.open(file);
        open.add(medium);
        return medium;
    }

    @Override
    public void close() {
        open.forEach(FileMedium::close);
    }
}
