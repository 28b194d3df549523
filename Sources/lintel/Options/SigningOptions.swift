import ArgumentParser
import Catalogue
import Documents
import Diagnostics
import Inputs

/// The options that sign a bundle, with the names `opa` gives them; the algorithm is that of `VerificationOptions`.
struct SigningOptions: ParsableArguments {
    @Option(
        name: .customLong("signing-key"),
        help: ArgumentHelp(
            "Sign the bundle with this key: a file with a private key in PEM or as JSON Web Key, or a secret for HMAC.",
            valueName: "file or secret"))
    var key: String?

    @Option(
        name: .customLong("claims-file"),
        help: ArgumentHelp("A JSON object with further members of the signature, such as scope.", valueName: "file"))
    var claimsFile: String?

    func validate() throws {
        if key == nil, claimsFile != nil { throw ValidationError("--claims-file needs --signing-key.") }
    }

    /// How the bundle is signed; nil when it is not.
    func signing(_ verification: VerificationOptions) throws -> BundleSigning? {
        guard let key else { return nil }
        guard BundleSigning.algorithms.contains(verification.algorithm) else {
            throw ValidationError("--signing-alg is one of \(BundleSigning.algorithms.joined(separator: ", ")).")
        }
        let text = try VerificationOptions.text(of: key)
        let isSecret = verification.algorithm.hasPrefix("HS")
        if !isSecret, !text.contains("-----BEGIN"), !text.drop(while: \.isWhitespace).hasPrefix("{") {
            throw ValidationError(
                "--signing-key is no private key, nor a file with one: \(verification.algorithm) needs PEM or a JSON "
                    + "Web Key; a secret goes with --signing-alg HS256.")
        }
        return BundleSigning(
            key: text, algorithm: verification.algorithm,
            keyID: verification.keyID ?? "default", claims: try claims())
    }

    private func claims() throws -> Document? {
        guard let claimsFile else { return nil }
        let document: Document
        do { document = try JSONReader.read(SourceFile(path: claimsFile, bytes: try FileSystem.read(claimsFile))) } catch let
            error as FileError
        {
            throw ValidationError("cannot read \(claimsFile): \(error.reason)")
        } catch { throw ValidationError("\(claimsFile) is not JSON: \(error)") }
        guard document.root.kind == .object else { throw ValidationError("\(claimsFile) must hold an object.") }
        return document
    }
}
