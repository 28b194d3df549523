import ArgumentParser
import Catalogue
import Inputs
import RegoSyntax

/// The option that loads bundles.
struct BundleOptions: ParsableArguments {
    @Option(
        name: [.customShort("b"), .customLong("bundle")],
        help: ArgumentHelp("A bundle: a .tar.gz archive or a folder; repeatable.", valueName: "path"))
    var paths: [String] = []
}

/// The options that say how signatures of bundles are checked, with the names `opa` gives them.
struct VerificationOptions: ParsableArguments {
    @Option(
        name: .customLong("verification-key"),
        help: ArgumentHelp(
            "The key that bundles must be signed with: a file with a public key or certificate in PEM, or a secret for HMAC.",
            valueName: "file or secret"))
    var key: String?

    @Option(
        name: .customLong("verification-key-id"),
        help: ArgumentHelp("The name that signatures must give their key, if they give one.", valueName: "name"))
    var keyID: String?

    @Option(name: .customLong("signing-alg"), help: ArgumentHelp("The algorithm of signatures.", valueName: "name"))
    var algorithm = "RS256"

    @Option(help: ArgumentHelp("What signatures must be meant for.", valueName: "scope"))
    var scope = ""

    @Option(
        name: .customLong("exclude-files-verify"),
        help: ArgumentHelp("Files of bundles that need no signature; repeatable.", valueName: "glob"))
    var excludedFiles: [String] = []

    @Flag(name: .customLong("skip-verify"), help: "Load signed bundles without checking signatures.")
    var skips = false

    func validate() throws {
        if key != nil, skips { throw ValidationError("Give --verification-key or --skip-verify, not both.") }
    }

    /// A loader that checks as asked.
    /// - Parameter namesOther: whether the name of the key is that of another key, too.
    func loader(_ version: RegoVersion = .v1, namesOther: Bool = false) throws -> BundleLoader {
        if key == nil, keyID != nil, !namesOther {
            throw ValidationError("--verification-key-id needs --verification-key.")
        }
        var loader = BundleLoader(version: version)
        loader.skipsVerification = skips
        guard let key else { return loader }
        var verification = BundleVerification(key: try Self.text(of: key))
        verification.keyID = keyID
        verification.algorithm = algorithm
        verification.scope = scope
        verification.excluded = excludedFiles
        loader.verification = verification
        return loader
    }

    /// A file's text, or the argument itself when there is no such file.
    static func text(of argument: String) throws -> String {
        if (try? FileSystem.status(of: argument)) == nil { return argument }
        do { return String(decoding: try FileSystem.read(argument), as: UTF8.self) } catch {
            throw ValidationError("cannot read \(argument): \(error.reason)")
        }
    }
}
