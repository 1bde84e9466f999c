package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Revocation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations and the certificates that fulfil them. Their lists are JSON in one column: they are never searched. */
final class CertificateTables {

    static final Table<Operation> OPERATION = new Table<>(
            "operation",
            List.of("id"),
            List.of("id", "device", "domain", "kind", "issuer", "history", "tries", "open"),
            (operation, to) -> to.text(operation.id())
                    .uid(operation.device())
                    .text(operation.domain())
                    .name(operation.kind())
                    .text(operation.issuer())
                    .text(Json.ofHistory(operation.history()))
                    .number(operation.tries())
                    .flag(operation.state().isOpen()),
            from -> new Operation(
                    from.text(),
                    from.uid(),
                    from.text(),
                    from.name(Operation.Kind.class),
                    from.textOrNull(),
                    Json.toHistory(from.text()),
                    from.integer()));

    static final Table<IssuedCertificate> CERTIFICATE = new Table<>(
            "certificate",
            List.of("issuer", "serial"),
            List.of(
                    "issuer",
                    "serial",
                    "device",
                    "certificate",
                    "fingerprint",
                    "public_key",
                    "not_before",
                    "not_after",
                    "state",
                    "operations",
                    "billed_as",
                    "revoked_at",
                    "revocation_reason"),
            CertificateTables::writeCertificate,
            from -> new IssuedCertificate(
                    from.text(),
                    from.serial(),
                    from.uid(),
                    from.blob(),
                    from.blob(),
                    from.blob(),
                    from.instant(),
                    from.instant(),
                    from.name(IssuedCertificate.State.class),
                    Json.toTexts(from.text()),
                    from.nameOrNull(Operation.Kind.class),
                    readRevocation(from)));

    private CertificateTables() {}

    private static void writeCertificate(IssuedCertificate certificate, Parameters to) throws SQLException {
        Revocation revocation = certificate.revocation();
        to.text(certificate.issuer())
                .serial(certificate.serialNumber())
                .uid(certificate.device())
                .blob(certificate.certificate())
                .blob(certificate.fingerprint())
                .blob(certificate.publicKey())
                .instant(certificate.notBefore())
                .instant(certificate.notAfter())
                .name(certificate.state())
                .text(Json.ofTexts(certificate.operations()))
                .name(certificate.billedAs())
                .instant(revocation == null ? null : revocation.at())
                .name(revocation == null ? null : revocation.reason());
    }

    private static @Nullable Revocation readRevocation(Columns from) throws SQLException {
        Instant at = from.instantOrNull();
        return at == null ? null : new Revocation(at, from.name(Revocation.Reason.class));
    }
}
