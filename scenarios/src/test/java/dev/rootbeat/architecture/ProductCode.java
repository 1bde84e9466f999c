package dev.rootbeat.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** All classes of the house but its tests: this module sees every other, so each rule stands here once. */
public final class ProductCode implements ImportOption {

    static final String ROOT = "dev.rootbeat";

    /** ArchUnit makes it. */
    public ProductCode() {}

    @Override
    public boolean includes(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
}
