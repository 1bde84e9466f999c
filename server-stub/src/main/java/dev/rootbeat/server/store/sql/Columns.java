package dev.rootbeat.server.store.sql;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row, from the first on: what {@link Parameters} writes. */
final class Columns {

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Reading<V> {
        V read(Columns columns) throws SQLException;
    }

    private final ResultSet row;
    private final Dialect dialect;
    private int index;

    Columns(ResultSet row, Dialect dialect) {
        this.row = row;
        this.dialect = dialect;
    }

    /** Goes to the next row, before its first column. */
    boolean next() throws SQLException {
        index = 0;
        return row.next();
    }

    String text() throws SQLException {
        return present(textOrNull());
    }

    @Nullable
    String textOrNull() throws SQLException {
        return dialect.text(row, ++index);
    }

    <E extends Enum<E>> E name(Class<E> type) throws SQLException {
        return Enum.valueOf(type, text());
    }

    <E extends Enum<E>> @Nullable E nameOrNull(Class<E> type) throws SQLException {
        String name = textOrNull();
        return name == null ? null : Enum.valueOf(type, name);
    }

    RotPublicUid uid() throws SQLException {
        return RotPublicUid.parse(text());
    }

    @Nullable
    RotPublicUid uidOrNull() throws SQLException {
        String uid = textOrNull();
        return uid == null ? null : RotPublicUid.parse(uid);
    }

    BigInteger serial() throws SQLException {
        return new BigInteger(text(), 16);
    }

    @Nullable
    BigInteger serialOrNull() throws SQLException {
        String serial = textOrNull();
        return serial == null ? null : new BigInteger(serial, 16);
    }

    Bytes blob() throws SQLException {
        return present(blobOrNull());
    }

    @Nullable
    Bytes blobOrNull() throws SQLException {
        byte[] octets = row.getBytes(++index);
        return octets == null ? null : Bytes.of(octets);
    }

    boolean flag() throws SQLException {
        return row.getBoolean(++index);
    }

    int integer() throws SQLException {
        return Math.toIntExact(number());
    }

    long number() throws SQLException {
        return row.getLong(++index);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long number = row.getLong(++index);
        return row.wasNull() ? null : number;
    }

    LocalDate day() throws SQLException {
        return LocalDate.ofEpochDay(number());
    }

    @Nullable
    LocalDate dayOrNull() throws SQLException {
        Long day = numberOrNull();
        return day == null ? null : LocalDate.ofEpochDay(day);
    }

    Instant instant() throws SQLException {
        return Nanos.toInstant(number());
    }

    @Nullable
    Instant instantOrNull() throws SQLException {
        Long nanos = numberOrNull();
        return nanos == null ? null : Nanos.toInstant(nanos);
    }

    Duration duration() throws SQLException {
        return Duration.ofNanos(number());
    }

    @Nullable
    Duration durationOrNull() throws SQLException {
        Long nanos = numberOrNull();
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    /** Skips columns. */
    void skip(int columns) {
        index += columns;
    }

    private <V> V present(@Nullable V value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + index + " is null");
        }
        return value;
    }
}
