package dev.rootbeat.module.at;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The few numbers that a parameter of an {@link AtCommand} may have; with one of them it chooses the method. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface OneOf {

    /** The numbers, ascending. */
    int[] value();
}
