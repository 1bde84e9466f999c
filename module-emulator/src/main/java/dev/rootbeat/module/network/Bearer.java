package dev.rootbeat.module.network;

/**
 * What the network gives to an activated packet data context.
 *
 * @param defaultApn the name of the access point where the host names none
 * @param address the module's address
 * @param mask its subnet mask
 * @param gateway the gateway's address
 * @param primaryDns the address of the first name server
 * @param secondaryDns the address of the second name server
 */
public record Bearer(
        String defaultApn, String address, String mask, String gateway, String primaryDns, String secondaryDns) {

    /** Addresses of a private network. */
    public static final Bearer TEST =
            new Bearer("internet", "10.64.0.2", "255.255.255.0", "10.64.0.1", "10.64.0.53", "10.64.0.54");
}
