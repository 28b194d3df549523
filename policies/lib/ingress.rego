# Ingress objects.
package lintel.lib.ingress

# class is the class of the reviewed Ingress, "" when it names none.
class := class_of(input)

class_of(object) := object.spec.ingressClassName if {
	is_string(object.spec.ingressClassName)
} else := object.metadata.annotations["kubernetes.io/ingress.class"] if {
	is_string(object.metadata.annotations["kubernetes.io/ingress.class"])
} else := ""
