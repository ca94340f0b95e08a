package dev.longshore.api;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.Map;

/**
 * A part of a resource: fields that are not set are omitted, and fields of a newer version of the CRDs do not
 * stop an older operator.
 */
@JacksonAnnotationsInside
@JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ApiObject.Absent.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ApiObject {
    /** Equal to what is omitted from the JSON: null, and lists and maps without entries. */
    final class Absent {
        @Override
        public boolean equals(Object other) {
            return other == null
                    || other instanceof Collection<?> list && list.isEmpty()
                    || other instanceof Map<?, ?> map && map.isEmpty();
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
