import ArgumentParser
import Catalogue
import Diagnostics
import Judging
import RegoNetwork

/// Everything a `PolicyChoice` leads to.
struct PolicySetup {
    var set: PolicySet
    var configuration: Configuration
    var selection: PolicySelection
    var data: EvaluationData
    /// What is wrong with the policies and the configuration.
    var problems: [Diagnostic]
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
    var kubernetesVersion: KubernetesVersion?
    var podSecurityVersion: KubernetesVersion?
    var strictReferences = false

    /// Loads the library, the user's policies and the configuration.
    func load() throws -> PolicySetup {
        let library: PolicyLibrary
        do { library = try PolicyLibrary.embedded() } catch {
            Console.printError("error: \(error.message)\n")
            throw ExitCode(2)
        }
        let set = PolicySet(library: library, user: paths.isEmpty ? UserPolicies() : UserPolicies(reading: paths, bundles: loader))
        var configuration = Configuration()
        var problems = set.user.problems
        if let path = configurationPath ?? ConfigurationFinder.path(from: ".") {
            let result = ConfigurationReader.read(path, policies: set.all)
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
        data.skipped = set.policies.filter { policy in (skip + configuration.skip).contains(where: policy.answers(to:)) }.map(\.id)
        return data
    }
}
