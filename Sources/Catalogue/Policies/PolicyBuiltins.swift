import Rego
import RegoCrypto
import RegoNetwork
package import RegoRuntime

/// The builtins that policies may call.
package enum PolicyBuiltins {
    /// All of them, for every command and the library.
    package static let table = BuiltinTable(
        Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins + RegoNetwork.builtins)

    /// Those that reach no network, for policies of strangers.
    package static let offline = BuiltinTable(Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins)
}
