package dev.rootbeat.options;

import dev.rootbeat.rot.protocol.RotPublicUid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a RoTPublicUID: 16 hexadecimal digits. */
public final class UidConverter implements ITypeConverter<RotPublicUid> {

    /** Made by picocli. */
    public UidConverter() {}

    @Override
    public RotPublicUid convert(String text) {
        if (!RotPublicUid.isWellFormed(text)) {
            throw new TypeConversionException("a RoTPublicUID is 16 hexadecimal digits, not \"" + text + "\"");
        }
        return RotPublicUid.parse(text);
    }
}
