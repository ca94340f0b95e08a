package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Resolves plain scalars as kubectl does: YAML 1.1 with a few differences. */
final class YamlScalars {
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?([.][0-9]+|[0-9]+([.][0-9]*)?)([eE][-+]?[0-9]+)?");
    /** From here on, integers are no longer exact. */
    private static final double LARGEST_WHOLE = 0x1p63;

    private YamlScalars() {}

    static JsonNode plain(String text) {
        if (NULL.contains(text)) {
            return NullNode.instance;
        }
        if (TRUE.contains(text)) {
            return BooleanNode.TRUE;
        }
        if (FALSE.contains(text)) {
            return BooleanNode.FALSE;
        }
        return "+-.0123456789".indexOf(text.charAt(0)) < 0 ? TextNode.valueOf(text) : number(text);
    }

    private static JsonNode number(String text) {
        var digits = text.replace("_", "");
        var integer = INTEGER.matcher(digits);
        if (integer.matches()) {
            try {
                return LongNode.valueOf(integer(integer));
            } catch (NumberFormatException e) {
                return DoubleNode.valueOf(Double.parseDouble(digits));
            }
        }
        if (FLOAT.matcher(digits).matches()) {
            var value = Double.parseDouble(digits);
            if (Math.rint(value) == value && Math.abs(value) < LARGEST_WHOLE) {
                return LongNode.valueOf((long) value);
            }
            return Double.isInfinite(value) ? TextNode.valueOf(text) : DoubleNode.valueOf(value);
        }
        return TextNode.valueOf(text);
    }

    private static long integer(java.util.regex.Matcher integer) {
        var sign = integer.group(1);
        if (integer.group(2) != null) {
            return Long.parseLong(sign + integer.group(2), 16);
        }
        if (integer.group(3) != null) {
            return Long.parseLong(sign + integer.group(3), 2);
        }
        return integer.group(4) != null
                ? Long.parseLong(sign + integer.group(4), 8)
                : Long.parseLong(sign + integer.group(5));
    }
}
