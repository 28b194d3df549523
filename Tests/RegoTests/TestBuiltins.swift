import Documents
import Rego
import RegoCrypto
import RegoNetwork
import RegoRuntime

/// The builtins of the test program: all standard ones and OPA's `test.sleep`.
enum TestBuiltins {
    static let builtins = Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins + RegoNetwork.builtins

    static let table: BuiltinTable = {
        var table = BuiltinTable(builtins)
        table.add(Builtin("test.sleep", .string, returns: .null) { _ in .null })
        return table
    }()
}
