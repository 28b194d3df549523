package import Diagnostics
import RegoSyntax

extension UserPolicies {
    /// What no object has where these policies look for it, those in Gatekeeper's templates among them.
    package func inputProblems(_ input: KubernetesInput) -> [Diagnostic] {
        input.problems(
            in: modules.map(\.syntax) + PolicyProgram.templates(of: policies), builtins: PolicyBuiltins.table)
    }
}
