package dev.rootbeat.module;

import dev.rootbeat.module.at.ModuleIdentity;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The products that can be emulated (requirements, section 2; AT reference, section 7.2). The firmware of the ALEX-R5
 * and of the types without a secure element is not public; they get that of the SARA-R5 of the same generation.
 */
public enum Product {
    /** Supports the certificate manager. */
    SARA_R500S_01B("SARA-R500S-01B-00", "03.15", true),
    /** Supports the certificate manager. */
    SARA_R510S_01B("SARA-R510S-01B-00", "03.15", true),
    /** Supports the certificate manager; has a satellite receiver. */
    SARA_R510M8S_01B("SARA-R510M8S-01B-00", "03.15", true),
    /** Supports the certificate manager; in a smaller package. */
    ALEX_R510M8S_01B("ALEX-R510M8S-01B-00", "03.15", true),
    /** Bootstraps and seals, but the certificate manager refuses it. */
    SARA_R500S_00B("SARA-R500S-00B-00", "02.05", true),
    /** Bootstraps and seals, but the certificate manager refuses it. */
    SARA_R510S_00B("SARA-R510S-00B-00", "02.05", true),
    /** Bootstraps and seals, but the certificate manager refuses it. */
    SARA_R510M8S_00B("SARA-R510M8S-00B-00", "02.05", true),
    /** Has no secure element. */
    SARA_R500E_01B("SARA-R500E-01B-00", "03.15", false),
    /** Has no secure element. */
    SARA_R510S_01B_01("SARA-R510S-01B-01", "03.15", false);

    private static final String MANUFACTURER = "u-blox";
    private static final String APPLICATION_VERSION = "A00.01";

    private final String typeNumber;
    private final String modemVersion;
    private final boolean secureElement;

    Product(String typeNumber, String modemVersion, boolean secureElement) {
        this.typeNumber = typeNumber;
        this.modemVersion = modemVersion;
        this.secureElement = secureElement;
    }

    /**
     * Returns the product of a type number.
     *
     * @throws IllegalArgumentException naming the known type numbers, if it is none of them
     */
    public static Product of(String typeNumber) {
        return Arrays.stream(values())
                .filter(product -> product.typeNumber.equals(typeNumber))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("unknown product \"" + typeNumber + "\"; known are " + known()));
    }

    /** The type number, such as {@code SARA-R510M8S-01B-00}; {@code ATI} shows it and heartbeats carry it. */
    public String typeNumber() {
        return typeNumber;
    }

    /** The firmware as {@code ATI9} shows it and heartbeats carry it, such as {@code 03.15,A00.01}. */
    public String firmware() {
        return modemVersion + "," + APPLICATION_VERSION;
    }

    /** Whether there is a Root of Trust. */
    public boolean secureElement() {
        return secureElement;
    }

    /** Whether there is a satellite receiver. */
    public boolean satellites() {
        return typeNumber.contains("M8S");
    }

    /** What a module of this product with the given IMEI says of itself. */
    public ModuleIdentity identity(String imei) {
        String model = typeNumber.substring(0, typeNumber.indexOf('-', typeNumber.indexOf('-') + 1));
        return new ModuleIdentity(
                MANUFACTURER, model, typeNumber, modemVersion, APPLICATION_VERSION, imei, secureElement);
    }

    @Override
    public String toString() {
        return typeNumber;
    }

    private static String known() {
        return Arrays.stream(values()).map(Product::typeNumber).collect(Collectors.joining(", "));
    }
}
