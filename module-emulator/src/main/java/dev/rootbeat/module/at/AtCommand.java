package dev.rootbeat.module.at;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that answers an AT command. The spelling tells the kind: {@code "+CFUN="} is set, {@code "+CFUN?"}
 * read, {@code "+CFUN=?"} test, {@code "+CGSN"} execute; a basic command is a letter, such as {@code "E"} or
 * {@code "&C"}, with or without a number behind it.
 *
 * <p>The method returns an {@link Answer}. Its parameters are the command's, in order: {@code int} and {@code long} for
 * numbers, limited by {@link Range} or {@link OneOf}; {@code String} for quoted text, limited by {@link Length}. One
 * that may be left out is {@code @Nullable} (then {@link Integer} for a number), and only such may follow it. A
 * parameter of type {@link AtSession} is given the host's session instead. Several methods may have the same spelling:
 * the one that all parameters fit answers. A set command without a method for its test form is described from its
 * parameters.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AtCommand {

    /** The spellings without {@code AT}, in upper case. */
    String[] value();
}
