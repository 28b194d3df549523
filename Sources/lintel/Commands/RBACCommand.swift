import ArgumentParser
import Catalogue
import Diagnostics
import Inputs
import Text

/// `lintel rbac`: the rights that `lintel serve --cluster-objects` takes.
struct RBACCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rbac", abstract: "Write the least rights that lintel serve --cluster-objects needs.",
        discussion: """
            Prints a ClusterRole that lets list and watch the kinds that the chosen policies compare with, and its binding. \
            Choose policies as for lintel serve.
            """)

    @OptionGroup var policies: PolicyOptions

    @Option(help: ArgumentHelp("The name of the role and of its binding.", valueName: "name"))
    var name = "lintel"

    @Option(
        name: .customLong("service-account"),
        help: ArgumentHelp("The service account of the webhook, as namespace/name.", valueName: "account"))
    var account = "lintel-system/lintel"

    func validate() throws {
        if account.split(separator: "/", omittingEmptySubsequences: false).count != 2 {
            throw ValidationError("--service-account needs namespace/name.")
        }
    }

    func run() throws {
        let setup = try policies.load()
        if setup.problems.contains(where: { $0.severity == .error }) {
            Console.show(setup.problems, colour: .auto)
            throw ExitCode(2)
        }
        let chosen = setup.selection.policies(among: setup.set.policies)
        var kinds = ObjectNeeds(of: chosen, in: setup.set).all
        let namespace = GroupKind(group: "", kind: "Namespace")
        if !kinds.contains(namespace) { kinds.insert(namespace, at: 0) }
        let groups = Dictionary(grouping: kinds, by: \.group).sorted { $0.key < $1.key }
        let labels = "  labels:\n    app.kubernetes.io/name: lintel\n"
        var text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: \(name)\n\(labels)rules:\n"
        for (group, kinds) in groups {
            let resources = kinds.map { PluralNames.name(of: $0.kind) }.sorted()
            text += "- apiGroups: [\"\(group)\"]\n  resources:\n"
            for resource in resources { text += "  - \(resource)\n" }
            text += "  verbs: [list, watch]\n"
        }
        let parts = account.split(separator: "/", omittingEmptySubsequences: false)
        text += """
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata:
              name: \(name)
            \(labels)roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: \(name)
            subjects:
            - kind: ServiceAccount
              name: \(parts[1])
              namespace: \(parts[0])

            """
        Console.print(text)
    }
}
