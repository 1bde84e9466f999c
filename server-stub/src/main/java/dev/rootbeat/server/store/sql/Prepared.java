package dev.rootbeat.server.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreResultSet;

/**
 * A statement that runs again and again. At every query SQLite's driver has the names of all columns made anew, which
 * takes longer than all else that a query of one row does. Here nobody reads columns by their names, so they are put back
 * in their place before the driver misses them: it has one result per statement, and forgets the names when that closes.
 */
final class Prepared {

    private final PreparedStatement statement;
    private final @Nullable CoreResultSet result;
    private final String @Nullable [] names;

    Prepared(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        // Before the first execution, SQLite's driver shows a result that is empty, or none where there never is one.
        if (statement.isWrapperFor(org.sqlite.jdbc4.JDBC4PreparedStatement.class)
                && statement.getResultSet() instanceof CoreResultSet shown) {
            result = shown;
            names = shown.colsMeta;
            shown.close();
        } else {
            result = null;
            names = null;
        }
    }

    /** Where its parameters are set. */
    PreparedStatement statement() {
        return statement;
    }

    /** Runs it for the rows that it finds. */
    ResultSet query() throws SQLException {
        if (result == null) {
            return statement.executeQuery();
        }
        statement.execute();
        result.colsMeta = names;
        return statement.getResultSet();
    }

    /** Runs it for its effect, and returns how many rows it changed. */
    int update() throws SQLException {
        return statement.executeUpdate();
    }
}
