public import RegoRuntime
import Rego
import RegoCrypto
import RegoNetwork

/// The builtins that policies may call, in every command and the library.
public enum PolicyBuiltins {
    public static let table = BuiltinTable(
        Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins + RegoNetwork.builtins)
}
