package dev.rootbeat.demo;

import java.util.List;

/**
 * What an operator has prepared.
 *
 * @param factory the Root CA of the profile
 * @param field the Root CA that devices are transferred to
 * @param profile the DeviceProfileUID that hosts seal with
 */
record Domain(RootCa factory, RootCa field, String profile) {

    /** Prepares it, with the devices on the profile's whitelist. */
    static Domain prepare(Operator operator, List<String> devices) {
        RootCa factory = new RootCa("factory", operator.createRootCa("factory"));
        RootCa field = new RootCa("field", operator.createRootCa("field"));
        return new Domain(factory, field, operator.createProfile("demo", factory.id(), devices));
    }

    List<RootCa> rootCas() {
        return List.of(factory, field);
    }
}
