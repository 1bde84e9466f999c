package dev.rootbeat.server.store.memory;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.Lists;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Pages, by going through a group up to the page: this store is for simulations and quick tries. */
record MemoryLists(
        Groups<String, DeviceProfile> profilesOfDomain,
        Groups<String, Listed> whitelistOfProfile,
        Groups<String, Device> devicesOfDomain,
        Groups<String, IssuedCertificate> certificatesOfIssuer,
        Groups<RotPublicUid, IssuedCertificate> certificatesOfDevice,
        Groups<RotPublicUid, Operation> operationsOfDevice)
        implements Lists {

    /** The order of ends; hexadecimal digits sort as the octets do. */
    static final Comparator<CertificatePlace> BY_END = Comparator.comparing(CertificatePlace::notAfter)
            .thenComparing(place -> place.fingerprint().hex());

    /** An entry of a whitelist. */
    record Listed(String profileUid, RotPublicUid device) {}

    @Override
    public List<DeviceProfile> profiles(String domain, @Nullable String rootCa, @Nullable String after, int limit) {
        return profilesOfDomain.stream(domain)
                .filter(profile -> after == null || profile.uid().compareTo(after) > 0)
                .filter(profile -> matches(rootCa, profile.rootCa(), Object::equals))
                .limit(limit)
                .toList();
    }

    @Override
    public List<RotPublicUid> whitelist(String profileUid, @Nullable RotPublicUid after, int limit) {
        return whitelistOfProfile.stream(profileUid)
                .map(Listed::device)
                .filter(device -> after == null || device.compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Device> devices(String domain, DeviceFilter filter, @Nullable RotPublicUid after, int limit) {
        return devicesOfDomain.stream(domain)
                .filter(device -> after == null || device.uid().compareTo(after) > 0)
                .filter(device -> matches(filter, device))
                .limit(limit)
                .toList();
    }

    private boolean matches(DeviceFilter filter, Device device) {
        var last = device.last() == null ? null : device.last().at();
        var profile = device.claim() == null ? null : device.claim().profileUid();
        return matches(filter.standing(), device.standing(), Object::equals)
                && matches(filter.issuer(), device.managed().issuer(), Object::equals)
                && matches(filter.profile(), profile, Object::equals)
                && matches(filter.frozen(), device.frozen() != null, Object::equals)
                && matches(filter.lastBefore(), last, (before, at) -> at.isBefore(before))
                && matches(filter.lastSince(), last, (since, at) -> !at.isBefore(since))
                && matches(
                        filter.expiresBefore(),
                        device.uid(),
                        (before, uid) -> certificatesOfDevice.stream(uid)
                                .anyMatch(certificate -> certificate.state() == IssuedCertificate.State.EFFECTIVE
                                        && certificate.notAfter().isBefore(before)));
    }

    @Override
    public List<IssuedCertificate> certificates(
            String rootCa, CertificateFilter filter, @Nullable CertificatePlace after, int limit) {
        return certificatesOfIssuer.stream(rootCa)
                .filter(one -> after == null || BY_END.compare(CertificatePlace.of(one), after) > 0)
                .filter(one -> matches(filter.state(), one.state(), Object::equals))
                .filter(one -> matches(filter.expiresBefore(), one.notAfter(), (before, end) -> end.isBefore(before)))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Operation> operations(RotPublicUid device, int after, int limit) {
        return operationsOfDevice.stream(device).skip(after).limit(limit).toList();
    }

    /** Whether a value passes; what is not wanted does not matter, and what is not there does not pass. */
    private static <W, V> boolean matches(@Nullable W wanted, @Nullable V value, BiPredicate<W, V> passes) {
        return wanted == null || (value != null && passes.test(wanted, value));
    }
}
