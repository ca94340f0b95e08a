package dev.longshore.manifest;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;

/**
 * {@code quantity()} as Kubernetes adds it to CEL, with its comparisons: two are equal that mean the same amount.
 *
 * @param amount without trailing zeros, so that equal amounts are equal records
 */
record CelQuantity(BigDecimal amount) {
    private static final String OF = "string_to_quantity";
    private static final String COMPARE = "quantity_compare_to";
    private static final String LESS = "quantity_is_less_than";
    private static final String GREATER = "quantity_is_greater_than";

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            CelFunctionDecl.newFunctionDeclaration(
                    "quantity", CelOverloadDecl.newGlobalOverload(OF, SimpleType.DYN, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "compareTo",
                    CelOverloadDecl.newMemberOverload(COMPARE, SimpleType.INT, SimpleType.DYN, SimpleType.DYN)),
            CelFunctionDecl.newFunctionDeclaration(
                    "isLessThan",
                    CelOverloadDecl.newMemberOverload(LESS, SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN)),
            CelFunctionDecl.newFunctionDeclaration(
                    "isGreaterThan",
                    CelOverloadDecl.newMemberOverload(GREATER, SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN)));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from(OF, String.class, CelQuantity::of),
            CelFunctionBinding.from(
                    COMPARE, CelQuantity.class, CelQuantity.class, (one, other) -> (long) one.compare(other)),
            CelFunctionBinding.from(LESS, CelQuantity.class, CelQuantity.class, (one, other) -> one.compare(other) < 0),
            CelFunctionBinding.from(
                    GREATER, CelQuantity.class, CelQuantity.class, (one, other) -> one.compare(other) > 0));

    /** @throws IllegalArgumentException if it is none */
    private static CelQuantity of(String text) {
        return new CelQuantity(Quantity.getAmountInBytes(Quantity.parse(text)).stripTrailingZeros());
    }

    private int compare(CelQuantity other) {
        return amount.compareTo(other.amount);
    }
}
