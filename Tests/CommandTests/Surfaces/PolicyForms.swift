/// The same rule in every form that policies come in: privileged containers, and requests of mallory in audit logs.
enum PolicyForms {
    struct Form {
        var name: String
        var files: [String: String]
    }

    /// Two rules over the object that an expression leads to.
    private static func rules(_ name: String, _ object: String, header: String = "") -> String {
        """
        package forms.\(name)

        \(header)

        deny contains msg if {
            \(object).kind == "Pod"
            some c in \(object).spec.containers
            c.securityContext.privileged
            msg := sprintf("\(name): %s is privileged", [c.name])
        }

        deny contains "\(name): mallory" if {
            \(object).kind == "Event"
            \(object).user.username == "mallory"
        }
        """
    }

    static let all: [Form] = [
        // The object itself, as Conftest has it.
        Form(name: "object", files: ["object.rego": rules("object", "input")]),
        // OPA's admission webhook.
        Form(name: "review", files: ["review.rego": rules("review", "input.request.object")]),
        Form(name: "imported", files: ["imported.rego": rules("imported", "req.object", header: "import input.request as req")]),
        // The review is only named in a package that helps.
        Form(
            name: "helped",
            files: [
                "helped.rego": rules("helped", "data.tools.review.object"),
                "tools.rego": "package tools.review\n\nobject := input.request.object\n",
            ]),
        // Gatekeeper, in the syntax its templates have, with parameters.
        Form(
            name: "gatekeeper",
            files: [
                "gatekeeper.rego": """
                # METADATA
                # custom:
                #   parameters:
                #     user: {type: string, default: mallory}
                package forms.gatekeeper

                violation[{"msg": msg, "details": {"container": c.name}}] {
                    input.review.object.kind == "Pod"
                    c := input.review.object.spec.containers[_]
                    c.securityContext.privileged
                    msg := sprintf("gatekeeper: %v is privileged", [c.name])
                }

                violation[{"msg": "gatekeeper: mallory"}] {
                    input.review.object.kind == "Event"
                    input.review.object.user.username == input.parameters.user
                }
                """
            ]),
        Form(name: "gatekeeperV1", files: ["gatekeeper_v1.rego": rules("gatekeeperV1", "input.review.object")]),
        // Written both ways.
        Form(
            name: "both",
            files: [
                "both.rego": """
                package forms.both

                object := input.request.object if input.request.object
                object := input if not input.request.object

                deny contains msg if {
                    input.kind == "Pod"
                    some c in object.spec.containers
                    c.securityContext.privileged
                    msg := sprintf("both: %s is privileged", [c.name])
                }

                deny contains "both: mallory" if {
                    input.kind == "Event"
                    object.user.username == "mallory"
                }
                """
            ]),
        // A list of files, as Conftest has it with --combine.
        Form(
            name: "combined",
            files: [
                "combined.rego": """
                package forms.combined

                deny contains msg if {
                    some file in input
                    file.contents.kind == "Pod"
                    some c in file.contents.spec.containers
                    c.securityContext.privileged
                    msg := sprintf("combined: %s is privileged", [c.name])
                }

                deny contains "combined: mallory" if {
                    input[_].contents.kind == "Event"
                    input[_].contents.user.username == "mallory"
                }
                """
            ]),
    ]

    static func pod(_ name: String, privileged: Bool) -> String {
        #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\#(name)","namespace":"shop"},"spec":{"containers":["#
            + #"{"name":"c","image":"nginx:1","securityContext":{"privileged":\#(privileged)}}]}}"#
    }

    static func review(_ object: String) -> String {
        #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","#
            + #""kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"shop","userInfo":{"username":"jane"},"object":\#(object)}}"#
    }

    static func event(_ id: String, user: String) -> String {
        #"{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"\#(id)","stage":"ResponseComplete","#
            + #""requestURI":"/api/v1/x","verb":"get","user":{"username":"\#(user)"}}"#
    }
}
