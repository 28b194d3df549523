import ArgumentParser
import Catalogue
import Diagnostics
import Gatekeeper
import Inputs

/// The options that choose and configure policies, shared by the commands that use them.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "Your own policies: Rego, Gatekeeper's templates and constraints, folders of them, a bundle (.tar.gz); repeatable.",
            discussion: "Any package; rules deny, violation and warn and their forms with a suffix.", valueName: "path"))
    var paths: [String] = []

    @Flag(name: .customLong("skip-cel"), help: "Leave out ConstraintTemplates written in CEL alone, which are errors otherwise.")
    var skipsCEL = false

    @OptionGroup var verification: VerificationOptions
    @OptionGroup var network: NetworkOptions

    @Flag(name: .customLong("no-builtin"), help: "Leave out the built-in policies.")
    var excludesBuiltin = false

    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "Use the built-in policies of a profile: \(PolicySelection.profiles.joined(separator: ", ")); repeatable.",
            valueName: "name"))
    var profiles: [String] = []

    @Option(help: ArgumentHelp("Use only this policy, by id or name; repeatable.", valueName: "policy"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Leave out this policy, by id or name; repeatable.", valueName: "policy"))
    var skip: [String] = []

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "The configuration; without it, lintel.yaml is looked for upward to the root of the repository.",
            valueName: "file"))
    var configurationPath: String?

    @Option(
        name: .customLong("policy-floor"),
        help: ArgumentHelp(
            "Settings, as in lintel.yaml, that nothing in the repository can weaken: its policies stay, no less severe.",
            valueName: "file"))
    var floorPath: String?

    @Option(
        name: .customLong("policy-floor-key"),
        help: ArgumentHelp(
            "A public key in PEM; FILE.sig beside the floor must hold its signature of the floor.", valueName: "file"))
    var floorKeyPath: String?

    @Option(help: ArgumentHelp("The Kubernetes release the manifests are for, such as 1.31.", valueName: "version"))
    var kubernetesVersion: KubernetesVersion?

    @Option(
        help: ArgumentHelp("The release of the Pod Security Standards, such as v1.29, or latest.", valueName: "version"))
    var podSecurityVersion: KubernetesVersion?

    @Flag(help: "Report references to objects that the input does not hold, as notes.")
    var strictReferences = false

    func validate() throws {
        for name in profiles where !PolicySelection.profiles.contains(name) {
            let nearest = Suggestion.text(for: name, among: PolicySelection.profiles)
            let known = "; there are \(PolicySelection.profiles.joined(separator: ", "))"
            throw ValidationError("There is no profile \"\(name)\"\(nearest.isEmpty ? known : nearest)")
        }
        if floorKeyPath != nil, floorPath == nil {
            throw ValidationError("With --policy-floor-key, name the settings with --policy-floor.")
        }
        if kubernetesVersion == .latest { throw ValidationError("--kubernetes-version needs a number such as 1.31.") }
    }

    func load(isJudging: Bool = false) throws -> PolicySetup { try choice().load(isJudging: isJudging) }

    func choice() throws -> PolicyChoice {
        var choice = PolicyChoice()
        choice.paths = paths
        choice.loader = try verification.loader()
        choice.network = network.access()
        choice.excludesBuiltin = excludesBuiltin
        choice.profiles = profiles
        choice.only = only
        choice.skip = skip
        choice.configurationPath = configurationPath
        choice.floorPath = floorPath
        choice.floorKeyPath = floorKeyPath
        choice.kubernetesVersion = kubernetesVersion
        choice.podSecurityVersion = podSecurityVersion
        choice.strictReferences = strictReferences
        choice.gatekeeper.skipsCEL = skipsCEL
        return choice
    }
}
