package dev.rootbeat.server.store.sql;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.Plan;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Devices: one row each, written at every accepted heartbeat. A nested value is absent where its first column is null. */
final class DeviceTable {

    static final Table<Device> DEVICE = new Table<>(
            "device",
            List.of("uid"),
            List.of(
                    "uid",
                    "product",
                    "firmware",
                    "domain",
                    "profile",
                    "host_serial",
                    "standing",
                    "plan",
                    "frozen",
                    "last_boot",
                    "last_beat",
                    "last_digest",
                    "last_at",
                    "last_reply",
                    "last_results_taken",
                    "attempts",
                    "issuer",
                    "provisioned",
                    "reported_slot",
                    "reported_key",
                    "reported_fingerprint",
                    "reported_serial",
                    "reported_pending_key",
                    "order_id",
                    "order_kind",
                    "order_fingerprint",
                    "order_settled",
                    "pending_key"),
            DeviceTable::write,
            DeviceTable::read);

    private DeviceTable() {}

    private static void write(Device device, Parameters to) throws SQLException {
        to.uid(device.uid()).text(device.product()).text(device.firmware());
        writeClaim(device.claim(), to);
        to.name(device.standing()).name(device.plan()).text(device.frozen());
        writeExchange(device.last(), to);
        to.number(device.attempts());
        ManagedSlot managed = device.managed();
        to.text(managed.issuer()).flag(managed.provisioned());
        writeReport(managed.reported(), to);
        writeOrder(managed.order(), to);
        to.blob(managed.pendingKey());
    }

    private static Device read(Columns from) throws SQLException {
        return new Device(
                from.uid(),
                from.text(),
                from.text(),
                readClaim(from),
                from.name(Device.Standing.class),
                from.name(Plan.class),
                from.textOrNull(),
                readExchange(from),
                from.integer(),
                new ManagedSlot(from.textOrNull(), from.flag(), readReport(from), readOrder(from), from.blobOrNull()));
    }

    private static void writeClaim(Device.@Nullable Claim claim, Parameters to) throws SQLException {
        if (claim == null) {
            to.nulls(3);
        } else {
            to.text(claim.domain()).text(claim.profileUid()).text(claim.serial());
        }
    }

    private static Device.@Nullable Claim readClaim(Columns from) throws SQLException {
        String domain = from.textOrNull();
        if (domain == null) {
            from.skip(2);
            return null;
        }
        return new Device.Claim(domain, from.text(), from.text());
    }

    private static void writeExchange(Device.@Nullable Exchange last, Parameters to) throws SQLException {
        if (last == null) {
            to.nulls(6);
        } else {
            to.number(last.counter().boot())
                    .number(last.counter().beat())
                    .blob(last.digest())
                    .instant(last.at())
                    .blob(last.reply())
                    .number(last.resultsTaken());
        }
    }

    private static Device.@Nullable Exchange readExchange(Columns from) throws SQLException {
        Long boot = from.numberOrNull();
        if (boot == null) {
            from.skip(5);
            return null;
        }
        return new Device.Exchange(
                new Counter(boot, from.number()), from.blob(), from.instant(), from.blob(), from.integer());
    }

    private static void writeReport(SlotReport report, Parameters to) throws SQLException {
        CertificateRef certificate = report.certificate();
        to.number(report.slot())
                .blob(report.activeKey())
                .blob(certificate == null ? null : certificate.fingerprint())
                .serial(certificate == null ? null : certificate.serialNumber())
                .blob(report.pendingKey());
    }

    private static SlotReport readReport(Columns from) throws SQLException {
        int slot = from.integer();
        Bytes activeKey = from.blobOrNull();
        Bytes fingerprint = from.blobOrNull();
        BigInteger serial = from.serialOrNull();
        CertificateRef certificate =
                fingerprint == null || serial == null ? null : new CertificateRef(fingerprint, serial);
        return new SlotReport(slot, activeKey, certificate, from.blobOrNull());
    }

    private static void writeOrder(ManagedSlot.@Nullable Order order, Parameters to) throws SQLException {
        if (order == null) {
            to.nulls(4);
        } else {
            to.number(order.id()).name(order.kind()).blob(order.fingerprint()).flag(order.settled());
        }
    }

    private static ManagedSlot.@Nullable Order readOrder(Columns from) throws SQLException {
        Long id = from.numberOrNull();
        if (id == null) {
            from.skip(3);
            return null;
        }
        return new ManagedSlot.Order(id, from.name(ManagedSlot.Order.Kind.class), from.blobOrNull(), from.flag());
    }
}
