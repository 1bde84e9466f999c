package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes each invoice into a folder, as {@code invoice-DOMAIN-NUMBER.html} and {@code .json}. */
public final class FolderChannel implements Channel {

    private final Path folder;

    /** Writes into this folder, which is made where there is none. */
    public FolderChannel(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public void deliver(Domain customer, Invoice invoice) throws IOException {
        Files.createDirectories(folder);
        String name = "invoice-" + invoice.domain() + "-" + invoice.number();
        write(name + ".html", invoice.html());
        write(name + ".json", invoice.json());
    }

    /** Nobody who watches the folder sees half a file. */
    private void write(String name, String text) throws IOException {
        Path part = Files.writeString(folder.resolve(name + ".part"), text);
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
