using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Kube;

/// <content>Keys are members: <c>map.key</c> reads, <c>map.key = value</c> writes, also where there is no such key yet.</content>
public sealed partial class KubeMap : IDynamicMetaObjectProvider
{
    /// <summary>What PowerShell has on every object. Other members of its own, such as Count, would stand in for absent keys.</summary>
    static readonly HashSet<string> Engine = new(["PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames"], StringComparer.OrdinalIgnoreCase);

    static readonly PropertyInfo Indexer = typeof(KubeMap).GetProperty("Item")!;

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MetaObject(parameter, this);

    sealed class MetaObject(Expression expression, KubeMap map) : DynamicMetaObject(expression, BindingRestrictions.Empty, map)
    {
        BindingRestrictions IsMap => BindingRestrictions.GetTypeRestriction(Expression, typeof(KubeMap));

        public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
        {
            if (!Engine.Contains(binder.Name)) return new(Member(binder.Name), IsMap);
            var engine = binder.FallbackGetMember(this);
            var known = Expression.Call(Map, nameof(ContainsKey), null, Expression.Constant(binder.Name));
            return new(Expression.Condition(known, Member(binder.Name), Expression.Convert(engine.Expression, typeof(object))), IsMap.Merge(engine.Restrictions));
        }

        public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) =>
            new(Expression.Assign(Member(binder.Name), Expression.Convert(value.Expression, typeof(object))), IsMap);

        public override IEnumerable<string> GetDynamicMemberNames() => map.GetKeys();

        Expression Member(string name) => Expression.Property(Map, Indexer, Expression.Constant(name));

        Expression Map => Expression.Convert(Expression, typeof(KubeMap));
    }
}
