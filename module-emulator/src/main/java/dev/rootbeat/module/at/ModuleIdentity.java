package dev.rootbeat.module.at;

/**
 * What a module says of itself (AT reference, section 7).
 *
 * @param manufacturer for {@code AT+CGMI}, such as {@code u-blox}
 * @param model for {@code AT+CGMM}, such as {@code SARA-R510M8S}
 * @param typeNumber for {@code ATI}, such as {@code SARA-R510M8S-01B-00}
 * @param modemVersion for {@code AT+CGMR}, such as {@code 03.15}
 * @param applicationVersion the second half of {@code ATI9}, such as {@code A00.01}
 * @param imei 15 digits for {@code AT+CGSN}, the last a Luhn check digit
 * @param secureElement whether there is a Root of Trust; without it {@code AT+USECROTUID} answers an error
 */
public record ModuleIdentity(
        String manufacturer,
        String model,
        String typeNumber,
        String modemVersion,
        String applicationVersion,
        String imei,
        boolean secureElement) {}
