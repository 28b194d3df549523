import Documents
import Rego
import RegoCrypto
import RegoRuntime

/// The builtins of the test program: all standard ones and OPA's `test.sleep`.
enum TestBuiltins {
    static let table: BuiltinTable = {
        var table = BuiltinTable(Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins)
        table.add(Builtin("test.sleep", .string, returns: .null) { _ in .null })
        return table
    }()

    /// Builtins of OPA that the program does not have yet: cases that call them are counted apart.
    static let missing = [
        "http.send", "net.lookup_ip_addr",
    ].filter { table[$0] == nil }
}
