package dev.rootbeat.server.store.sql;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement, from the first on. {@link Columns} reads back what it writes. */
final class Parameters {

    /** Sets all parameters of a statement. */
    @FunctionalInterface
    interface Binding {
        void set(Parameters parameters) throws SQLException;
    }

    private final PreparedStatement statement;
    private final Dialect dialect;
    private int index;

    Parameters(PreparedStatement statement, Dialect dialect) {
        this.statement = statement;
        this.dialect = dialect;
    }

    Parameters nulls(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            statement.setNull(++index, Types.NULL);
        }
        return this;
    }

    Parameters text(@Nullable String text) throws SQLException {
        statement.setString(++index, dialect.toStored(text));
        return this;
    }

    Parameters name(@Nullable Enum<?> constant) throws SQLException {
        return text(constant == null ? null : constant.name());
    }

    Parameters uid(@Nullable RotPublicUid uid) throws SQLException {
        return text(uid == null ? null : uid.toString());
    }

    Parameters serial(@Nullable BigInteger serial) throws SQLException {
        return text(serial == null ? null : serial.toString(16));
    }

    Parameters blob(@Nullable Bytes bytes) throws SQLException {
        statement.setBytes(++index, bytes == null ? null : bytes.toArray());
        return this;
    }

    Parameters flag(boolean flag) throws SQLException {
        statement.setBoolean(++index, flag);
        return this;
    }

    Parameters number(long number) throws SQLException {
        statement.setLong(++index, number);
        return this;
    }

    Parameters day(@Nullable LocalDate day) throws SQLException {
        return day == null ? nulls(1) : number(day.toEpochDay());
    }

    Parameters instant(@Nullable Instant instant) throws SQLException {
        return instant == null ? nulls(1) : number(Nanos.of(instant));
    }

    Parameters duration(@Nullable Duration duration) throws SQLException {
        return duration == null ? nulls(1) : number(Nanos.of(duration));
    }
}
