import ArgumentParser
import Diagnostics
import Validation

/// The options that choose and configure policies, shared by the commands that use them.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "A Rego file, a folder of them or a bundle (.tar.gz) with your own policies; repeatable.",
            discussion: "Any package; rules deny, violation and warn and their forms with a suffix.", valueName: "path"))
    var paths: [String] = []

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

    @Option(help: ArgumentHelp("The Kubernetes release the manifests are for, such as 1.31.", valueName: "version"))
    var kubernetesVersion: KubernetesVersion?

    @Option(
        help: ArgumentHelp("The release of the Pod Security Standards, such as v1.29, or latest.", valueName: "version"))
    var podSecurityVersion: KubernetesVersion?

    func validate() throws {
        for name in profiles where !PolicySelection.profiles.contains(name) {
            throw ValidationError(
                "There is no profile \"\(name)\"\(Suggestion.text(for: name, among: PolicySelection.profiles))")
        }
        if excludesBuiltin, paths.isEmpty {
            throw ValidationError("With --no-builtin, name policies of your own with --policy.")
        }
        if kubernetesVersion == .latest { throw ValidationError("--kubernetes-version needs a number such as 1.31.") }
    }
}

/// Everything `PolicyOptions` lead to.
struct PolicySetup {
    var set: PolicySet
    var configuration: Configuration
    var selection: PolicySelection
    var data: EvaluationData
    /// What is wrong with the policies and the configuration.
    var problems: [Diagnostic]
}

extension PolicyOptions {
    /// Loads the library, the user's policies and the configuration.
    func load() throws -> PolicySetup {
        let library: PolicyLibrary
        do { library = try PolicyLibrary.embedded() } catch {
            Console.printError("error: \(error.message)\n")
            throw ExitCode(2)
        }
        let set = PolicySet(library: library, user: paths.isEmpty ? UserPolicies() : UserPolicies(reading: paths, bundles: try verification.loader()))
        var configuration = Configuration()
        var problems = set.user.problems
        if let path = configurationPath ?? ConfigurationFinder.path(from: ".") {
            let result = ConfigurationReader.read(path, policies: set.policies)
            configuration = result.configuration
            problems += result.problems
        }
        return PolicySetup(
            set: set, configuration: configuration, selection: try selection(set, configuration),
            data: data(set, configuration), problems: problems)
    }

    private func selection(_ set: PolicySet, _ configuration: Configuration) throws -> PolicySelection {
        var selection = PolicySelection()
        if !profiles.isEmpty {
            selection.profiles = profiles
        } else if let profiles = configuration.profiles {
            selection.profiles = profiles
        }
        selection.only = only
        selection.skip = skip
        selection.usesBuiltin = !excludesBuiltin
        if let unknown = selection.unknownNames(among: set.policies).first {
            throw ValidationError("There is no policy \"\(unknown.name)\"\(unknown.suggestion)")
        }
        selection.skip += configuration.skip
        return selection
    }

    private func data(_ set: PolicySet, _ configuration: Configuration) -> EvaluationData {
        var data = EvaluationData()
        data.configuration = configuration
        data.userData = set.user.data
        data.network = network.access()
        if let version = kubernetesVersion ?? configuration.kubernetesVersion { data.kubernetesVersion = version }
        if let version = podSecurityVersion ?? configuration.podSecurityVersion { data.podSecurityVersion = version }
        return data
    }
}
