using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Kube;

/// <content>The fields at the root of the document that are no properties of the type (<c>data</c>, <c>rules</c> …) are members too.</content>
public partial class KubeObject : IDynamicMetaObjectProvider
{
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MetaObject(parameter, this);

    static PropertyInfo? Declared(Type type, string name) => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    sealed class MetaObject(Expression expression, KubeObject value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
    {
        static readonly PropertyInfo s_indexer = typeof(KubeMap).GetProperty("Item")!;

        public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
        {
            var declared = binder.FallbackGetMember(this);
            return Declared(LimitType, binder.Name) is not null ? declared : InDocument(binder.Name, Field(binder.Name), declared);
        }

        /// <summary>A property that cannot be set may still be a field of the document, such as <c>type</c> of a secret.</summary>
        public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value)
        {
            var set = Expression.Assign(Field(binder.Name), Expression.Convert(value.Expression, typeof(object)));
            return Declared(LimitType, binder.Name) switch
            {
                null => new(set, IsThis),
                { CanWrite: true, SetMethod.IsPublic: true } => binder.FallbackSetMember(this, value),
                _ => InDocument(binder.Name, set, binder.FallbackSetMember(this, value)),
            };
        }

        public override IEnumerable<string> GetDynamicMemberNames() => value.GetDocument().GetKeys().Where(key => Declared(LimitType, key) is null);

        BindingRestrictions IsThis => BindingRestrictions.GetTypeRestriction(Expression, LimitType);

        Expression Document => Expression.Call(Expression.Convert(Expression, typeof(KubeObject)), nameof(GetDocument), null);

        Expression Field(string name) => Expression.Property(Document, s_indexer, Expression.Constant(name));

        DynamicMetaObject InDocument(string name, Expression there, DynamicMetaObject elsewhere) =>
            new(
                Expression.Condition(
                    Expression.Call(Document, nameof(KubeMap.ContainsKey), null, Expression.Constant(name)),
                    there,
                    Expression.Convert(elsewhere.Expression, typeof(object))),
                IsThis.Merge(elsewhere.Restrictions));
    }
}
