public import RegoRuntime
import Rego
import RegoCrypto
import RegoNetwork

/// The builtins that policies may call.
public enum PolicyBuiltins {
    /// All of them, for every command and the library.
    public static let table = BuiltinTable(
        Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins + RegoNetwork.builtins)

    /// Those that reach no network, for policies of strangers.
    public static let offline = BuiltinTable(Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins)
}
