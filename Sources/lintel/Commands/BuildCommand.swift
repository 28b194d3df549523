import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Inputs
import Rego
import RegoRuntime
import RegoSyntax

/// `lintel build`: policies and data as one bundle.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Build a bundle of policies and data as opa build does, and sign it when asked.",
        discussion: """
            Modules are checked by compiling them and put in as they are; data are put together in one data.json. The same \
            contents give the same bytes.
            Exit codes: 0 built; 2 the policies are not in order, or the bundle cannot be read or written.
            """)

    enum Target: String, ExpressibleByArgument, CaseIterable { case rego, wasm, plan }

    @Flag(
        name: [.customShort("b"), .customLong("bundle")],
        help: "Read the paths as bundles: archives, or folders whose data.json and data.yaml are data.")
    var readsBundles = false

    @Option(help: ArgumentHelp("Leave out files that match this glob; repeatable.", valueName: "glob"))
    var ignore: [String] = []

    @Flag(name: .customLong("v0-compatible"), help: "Read modules as Rego v0.")
    var isV0 = false

    @OptionGroup var compiler: CompilerOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The bundle's file.", valueName: "file"))
    var output = "bundle.tar.gz"

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("What the manifest calls this state; by default what that of the bundle says.", valueName: "text"))
    var revision: String?

    @Option(name: .shortAndLong, help: "What modules become; only rego is supported.")
    var target: Target = .rego

    @Option(
        name: [.customShort("O"), .customLong("optimize")],
        help: ArgumentHelp("The level of optimisation; only 0 is supported.", valueName: "level"))
    var optimization = 0

    @OptionGroup(title: "Signing") var signing: SigningOptions
    @OptionGroup(title: "Signatures of what is read") var verification: VerificationOptions

    @Argument(help: ArgumentHelp("Files and folders with modules and data, or bundles.", valueName: "path"))
    var paths: [String]

    func validate() throws {
        if target != .rego {
            throw ValidationError("--target \(target.rawValue) is not supported: bundles hold their policies as Rego.")
        }
        if optimization != 0 {
            throw ValidationError(
                "--optimize \(optimization) is not supported: policies go into the bundle as they are. Use --optimize 0.")
        }
        if !readsBundles, verification.key != nil {
            throw ValidationError("--verification-key is for signed bundles: add --bundle.")
        }
    }

    func run() throws {
        let setup = compiler.setup(CompileOptions())
        let signer = try signing.signing(verification)
        var request = BundleBuild.Request(paths)
        request.areBundles = readsBundles
        request.ignored = ignore
        request.revision = revision
        request.loader = try verification.loader(isV0 ? .v0 : .v1, namesOther: signer != nil)
        var build = BundleBuild(request, builtins: setup.builtins, options: setup.options)
        if let signer, build.isUsable { build.sign(signer) }
        let problems = setup.problems + build.problems
        Console.show(problems, colour: .auto)
        guard !problems.contains(where: { $0.severity == .error }), let bytes = build.archive else { throw ExitCode(2) }
        do { try FileSystem.write(bytes, to: output) } catch {
            Console.fail("cannot write \(output): \(error.reason)")
            throw ExitCode(2)
        }
    }
}
