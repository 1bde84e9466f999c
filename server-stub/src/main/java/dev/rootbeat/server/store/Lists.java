package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of what a domain has. A page begins after a place, or with null at the start, and has at most so many entries as
 * the limit says; who goes on after the last entry of each page sees everything once that was there all the time.
 */
public interface Lists {

    /**
     * A domain's device profiles, by ascending DeviceProfileUID.
     *
     * @param rootCa only those whose devices get their first certificate from this Root CA; null for all
     */
    List<DeviceProfile> profiles(String domain, @Nullable String rootCa, @Nullable String after, int limit);

    /** The devices on a profile's whitelist, by ascending identity. */
    List<RotPublicUid> whitelist(String profileUid, @Nullable RotPublicUid after, int limit);

    /** A domain's devices that pass a filter, by ascending identity. */
    List<Device> devices(String domain, DeviceFilter filter, @Nullable RotPublicUid after, int limit);

    /** The certificates that a Root CA has signed and that pass a filter; what ends first comes first. */
    List<IssuedCertificate> certificates(
            String rootCa, CertificateFilter filter, @Nullable CertificatePlace after, int limit);

    /**
     * A device's operations, oldest first.
     *
     * @param after how many to leave out; their order never changes, and none disappears
     */
    List<Operation> operations(RotPublicUid device, int after, int limit);

    /**
     * Which devices are wanted; what is null does not matter.
     *
     * @param standing of this standing
     * @param issuer whose managed slot shall hold a certificate of this Root CA
     * @param profile sealed with this DeviceProfileUID
     * @param frozen true for those that are frozen as suspected clones, false for all others
     * @param lastBefore whose last accepted heartbeat came before this instant; one that never came is not before
     * @param lastSince whose last accepted heartbeat came at this instant or after
     * @param expiresBefore that use a certificate which ends before this instant
     */
    record DeviceFilter(
            Device.@Nullable Standing standing,
            @Nullable String issuer,
            @Nullable String profile,
            @Nullable Boolean frozen,
            @Nullable Instant lastBefore,
            @Nullable Instant lastSince,
            @Nullable Instant expiresBefore) {

        /** All devices. */
        public static final DeviceFilter ALL = new DeviceFilter(null, null, null, null, null, null, null);

        /** The devices whose managed slot shall hold a certificate of a Root CA. */
        public static DeviceFilter holding(String rootCa) {
            return new DeviceFilter(null, rootCa, null, null, null, null, null);
        }
    }

    /**
     * Which certificates are wanted; what is null does not matter.
     *
     * @param state in this state
     * @param expiresBefore that end before this instant
     */
    record CertificateFilter(
            IssuedCertificate.@Nullable State state,
            @Nullable Instant expiresBefore) {

        /** All certificates. */
        public static final CertificateFilter ALL = new CertificateFilter(null, null);
    }

    /**
     * Where a certificate stands in the order of ends.
     *
     * @param notAfter the end of its validity
     * @param fingerprint SHA-256 over its DER form, which tells apart what ends together
     */
    record CertificatePlace(Instant notAfter, Bytes fingerprint) {

        /** The place of a certificate. */
        public static CertificatePlace of(IssuedCertificate certificate) {
            return new CertificatePlace(certificate.notAfter(), certificate.fingerprint());
        }
    }
}
