import Diagnostics
import RegoSyntax

/// The functions that Kubescape gives its controls (`data.cautils`), for controls that come without them.
enum KubescapeLibrary {
    static let module: Module = Parser.parseModule(SourceFile(path: "cautils.rego", text: text)).0

    private static let text = """
        package cautils

        list_contains(list, element) if element in list

        getPodName(metadata) := metadata.name

        object_intersection(parent, part) := {key: value | some key, value in part; parent[key] == value}

        is_subobject(part, parent) if object_intersection(parent, part) == part

        digit(number) := {
        \t"read": bits.and(number, 4) != 0,
        \t"write": bits.and(number, 2) != 0,
        \t"exec": bits.and(number, 1) != 0,
        }

        unix_permission_from_octal(number) := digit(number)

        unix_permission(number) := {
        \t"user": digit(bits.rsh(number, 6)),
        \t"group": digit(bits.rsh(number, 3)),
        \t"everyone": digit(number),
        \t"setuid": bits.and(number, 2048) != 0,
        \t"setgid": bits.and(number, 1024) != 0,
        \t"sticky": bits.and(number, 512) != 0,
        }

        # No bit is set that is not allowed; the lowest twelve bits are permissions.
        unix_permissions_allow(allowed, actual) if bits.and(bits.and(actual, 4095), bits.xor(bits.and(allowed, 4095), 4095)) == 0

        # At most rw-r--r--.
        is_strict_conf_permission(number) if unix_permissions_allow(420, number)

        is_not_strict_conf_permission(number) if not is_strict_conf_permission(number)

        is_strict_conf_ownership(ownership) if ownership.err

        is_strict_conf_ownership(ownership) if {
        \townership.uid == 0
        \townership.gid == 0
        }

        is_not_strict_conf_ownership(ownership) if not is_strict_conf_ownership(ownership)
        """
}
