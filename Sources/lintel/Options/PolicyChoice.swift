import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Gatekeeper
import Judging
import RegoNetwork

/// Everything a `PolicyChoice` leads to.
struct PolicySetup: Sendable {
    var set: PolicySet
    var configuration: Configuration
    var selection: PolicySelection
    var data: EvaluationData
    /// What is wrong with the policies and the configuration.
    var problems: [Diagnostic]
    /// What is wrong with single policies, which are left out: the others judge, and the run fails.
    var faults: [Diagnostic] = []
    /// The settings that cannot be weakened; nil when there are none.
    var floor: PolicyFloor?
    /// The files that settings came from, and what they change; nil when there is none.
    var settings: RunSettings?
    /// What holds for some files only.
    var layers = ConfigurationLayers()
    /// Whether the profiles were chosen on the command line.
    var hasFixedProfiles = false
    /// Whether the configuration was named, so that no other file counts.
    var hasNamedConfiguration = false
}

/// Which policies a command uses and how they are configured; `PolicyOptions` says what the fields mean.
struct PolicyChoice: Sendable {
    var paths: [String] = []
    var loader = BundleLoader()
    var network: NetworkAccess?
    var excludesBuiltin = false
    var profiles: [String] = []
    var only: [String] = []
    var skip: [String] = []
    var configurationPath: String?
    var floorPath: String?
    /// The key that must have signed the floor.
    var floorKeyPath: String?
    var kubernetesVersion: KubernetesVersion?
    var podSecurityVersion: KubernetesVersion?
    var strictReferences = false
    /// Data for the user's policies.
    var dataPaths: [String] = []
    /// How Gatekeeper's policies are taken.
    var gatekeeper = GatekeeperPolicies.Options()

    /// Loads the library, the user's policies and the configuration.
    /// - Parameters:
    ///   - isJudging: whether the user's policies must hold a rule that judges.
    ///   - keepsHealthy: whether single policies that are broken are left out, in `faults`.
    func load(isJudging: Bool = false, keepsHealthy: Bool = false) throws -> PolicySetup {
        let library: PolicyLibrary
        do { library = try PolicyLibrary.embedded() } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
        let (configurationFile, given) = (configurationFile, paths + configuredPaths)
        let set = PolicySet(
            library: library,
            user: given.isEmpty
                ? UserPolicies() : UserPolicies(reading: given, bundles: loader, gatekeeper: gatekeeper, data: dataPaths))
        var configuration = Configuration()
        var problems = set.user.problems
        if let path = configurationFile {
            let result = ConfigurationReader.read(path, policies: set.all)
            configuration = result.configuration
            problems += result.problems
        }
        if excludesBuiltin, given.isEmpty, problems.isEmpty {
            throw ValidationError("With --no-builtin, name policies of your own with --policy or in lintel.yaml.")
        }
        let faults = set.user.gatekeeper.problems
        if isJudging, problems.isEmpty, faults.isEmpty, !set.user.modules.isEmpty, set.user.policies.isEmpty {
            problems.append(
                Diagnostic(
                    code: "policy_error", message: "no rule of \(given.joined(separator: ", ")) judges anything",
                    hint: "rules called deny, violation or warn are evaluated, also with a suffix, such as deny_latest"))
        }
        let changes = configuration.changes(among: set.policies)
        var selection = try selection(set, configuration)
        let floor = floor(set, &problems)
        if let floor {
            if !configuration.policies.isEmpty { problems.append(Self.unusedPolicies(configuration, floor)) }
            let (held, ignored) = floor.applied(to: configuration)
            selection.skip = skip + held.skip
            let (widened, others) = floor.applied(to: selection)
            (configuration, selection) = (held, widened)
            problems += ignored + others
        }
        if !keepsHealthy { problems += faults }
        var setup = PolicySetup(
            set: set, configuration: configuration, selection: selection, data: data(set, configuration), problems: problems)
        if keepsHealthy { setup.faults = faults }
        let version = kubernetesVersion ?? configuration.kubernetesVersion
        if let version { setup.problems += version.unknownReleases }
        if isJudging, !problems.contains(where: { $0.severity == .error }) {
            setup.problems += set.user.inputProblems(KubernetesInput(version))
        }
        setup.floor = floor
        setup.hasFixedProfiles = !profiles.isEmpty
        setup.hasNamedConfiguration = configurationPath != nil
        setup.layers.add(overridesOf: configuration)
        setup.holdLayers(from: 0)
        if configuration.path != nil || floor != nil {
            setup.settings = RunSettings(
                path: configuration.path ?? "", floor: floor?.path ?? "",
                changes: changes + setup.layers.changes(among: set.policies))
        }
        return setup
    }

    /// The file of the configuration; nil when there is none.
    var configurationFile: String? { configurationPath ?? ConfigurationFinder.path(from: ".") }

    /// Policies that the configuration names. When there are settings that nothing may weaken, only theirs count: Rego of the
    /// same package could make exceptions of others.
    var configuredPaths: [String] { (floorPath ?? configurationFile).map(ConfigurationReader.policyPaths) ?? [] }

    private static func unusedPolicies(_ configuration: Configuration, _ floor: PolicyFloor) -> Diagnostic {
        Diagnostic(
            code: "policy_floor", severity: .warning,
            message: "the policies of \(configuration.path ?? "the configuration") have no effect: \(floor.path) is in force",
            range: configuration.range(ofKey: "policies"))
    }

    private func floor(_ set: PolicySet, _ problems: inout [Diagnostic]) -> PolicyFloor? {
        guard let floorPath else { return nil }
        let (floor, found) = PolicyFloor.read(floorPath, signedBy: floorKeyPath, policies: set.policies)
        problems += found
        return floor
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
        if let unknown = selection.unknownNames(among: set.all).first {
            throw ValidationError("There is no policy \"\(unknown.name)\"\(unknown.suggestion)")
        }
        selection.skip += configuration.skip
        return selection
    }

    private func data(_ set: PolicySet, _ configuration: Configuration) -> EvaluationData {
        var data = EvaluationData()
        data.configuration = configuration
        data.userData = set.user.data
        data.network = network
        if let version = kubernetesVersion ?? configuration.kubernetesVersion { data.kubernetesVersion = version }
        if let version = podSecurityVersion ?? configuration.podSecurityVersion { data.podSecurityVersion = version }
        // A cluster knows the standards up to its own release: the latest there are those of that release.
        let cluster = kubernetesVersion ?? configuration.kubernetesVersion
        if data.podSecurityVersion == .latest, let cluster { data.podSecurityVersion = cluster }
        data.strictReferences = strictReferences
        data.skipped = set.policies.filter { policy in (skip + configuration.skip).contains(where: policy.answers(to:)) }.map(
            \.id)
        return data
    }
}
