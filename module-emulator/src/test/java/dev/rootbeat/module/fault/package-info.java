/** Tests of what goes wrong between modules and their hosts. */
@NullMarked
package dev.rootbeat.module.fault;

import org.jspecify.annotations.NullMarked;
